/**
 * Follows columns through the syntax tree of a SELECT, by DuckDB's rules for names. Runs nothing and knows no types; what
 * it cannot tell it says.
 */
@NullMarked
package io.headworks.duckdb.lineage;

import org.jspecify.annotations.NullMarked;
