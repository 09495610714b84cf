/** The connection type {@code duckdb}: a DuckDB file to read from and to load into. */
@NullMarked
package io.headworks.duckdb.source;

import org.jspecify.annotations.NullMarked;
