/** Parquet files, read in place by the engine: their schemas put together by name. */
@NullMarked
package io.headworks.connector.files.parquet;

import org.jspecify.annotations.NullMarked;
