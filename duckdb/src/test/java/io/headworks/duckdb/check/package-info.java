/** Checks over real DuckDB tables. */
@NullMarked
package io.headworks.duckdb.check;

import org.jspecify.annotations.NullMarked;
