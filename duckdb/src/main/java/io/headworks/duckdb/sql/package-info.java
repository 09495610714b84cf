/** DuckDB's SQL as text: quoting, literals, type names, and the interface through which statements run. */
@NullMarked
package io.headworks.duckdb.sql;

import org.jspecify.annotations.NullMarked;
