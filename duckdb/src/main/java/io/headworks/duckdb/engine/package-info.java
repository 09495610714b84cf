/**
 * The embedded engine: one DuckDB instance per process, a session with work storage of its own for each run. Knows nothing
 * of project files, pipelines or ledgers.
 */
@NullMarked
package io.headworks.duckdb.engine;

import org.jspecify.annotations.NullMarked;
