/**
 * Files and database files as SELECTs: every value exactly as its type says, or not at all. Builds SQL and runs none, but
 * for what it must ask about Parquet files.
 */
@NullMarked
package io.headworks.duckdb.scan;

import org.jspecify.annotations.NullMarked;
