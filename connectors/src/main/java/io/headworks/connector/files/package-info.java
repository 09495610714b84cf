/** The connection type {@code files}: a folder of delimited text, JSON and Parquet as a source. Knows no engine and no plan. */
@NullMarked
package io.headworks.connector.files;

import org.jspecify.annotations.NullMarked;
