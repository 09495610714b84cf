/** Tests of the Parquet folder. */
@NullMarked
package io.headworks.connector.parquet;

import org.jspecify.annotations.NullMarked;
