/** Finds the narrowest type that holds every text of a column exactly. Knows nothing of files. */
@NullMarked
package io.headworks.connector.files.infer;

import org.jspecify.annotations.NullMarked;
