/**
 * Quality checks as SQL: planned together, each in its cheapest form, run, and judged. Knows nothing of gates, of loads
 * or of where a dataset is stored.
 */
@NullMarked
package io.headworks.duckdb.check;

import org.jspecify.annotations.NullMarked;
