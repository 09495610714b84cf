/** Operations against a real DuckDB. */
@NullMarked
package io.headworks.duckdb.compile;

import org.jspecify.annotations.NullMarked;
