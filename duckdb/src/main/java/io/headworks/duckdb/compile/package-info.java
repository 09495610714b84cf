/**
 * Named operations as DuckDB SELECTs: one CTE per operation, types worked out beforehand, nothing run. Knows nothing of
 * sources, targets or of who asks.
 */
@NullMarked
package io.headworks.duckdb.compile;

import org.jspecify.annotations.NullMarked;
