/**
 * Histories of keys as DuckDB's SQL: a batch and the stored versions become observations on a line of time, and these the
 * versions that the table should have. Knows nothing of targets: what it answers is a batch of differences.
 */
@NullMarked
package io.headworks.duckdb.history;

import org.jspecify.annotations.NullMarked;
