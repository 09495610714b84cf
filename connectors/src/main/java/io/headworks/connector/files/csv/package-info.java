/** Delimited text: its records, its dialect, its headers. Knows nothing of folders or of who asks. */
@NullMarked
package io.headworks.connector.files.csv;

import org.jspecify.annotations.NullMarked;
