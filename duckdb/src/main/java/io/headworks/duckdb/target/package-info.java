/**
 * The DuckDB target: a database file attached to the run's session, our tables in it, and the transaction of a load.
 * Knows nothing of what the strategies mean.
 */
@NullMarked
package io.headworks.duckdb.target;

import org.jspecify.annotations.NullMarked;
