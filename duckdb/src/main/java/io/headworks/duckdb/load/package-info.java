/**
 * What the load strategies mean, as DuckDB statements over a table, a batch and temporary tables. Knows nothing of files,
 * ledgers and fences.
 */
@NullMarked
package io.headworks.duckdb.load;

import org.jspecify.annotations.NullMarked;
