/**
 * Reads SQL texts through DuckDB's own parser: what they name, where they are wrong, and the same text with datasets
 * resolved. Runs nothing that it reads.
 */
@NullMarked
package io.headworks.duckdb.inspect;

import org.jspecify.annotations.NullMarked;
