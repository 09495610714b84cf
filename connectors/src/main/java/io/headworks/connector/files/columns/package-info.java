/** Which columns an extract wants of files, and where each file keeps them. Knows nothing of formats. */
@NullMarked
package io.headworks.connector.files.columns;

import org.jspecify.annotations.NullMarked;
