/**
 * Tables described by SQL: one pass over all rows, the rest over a sample of them. Knows nothing of where the rows come from
 * or of what is concluded.
 */
@NullMarked
package io.headworks.duckdb.profile;

import org.jspecify.annotations.NullMarked;
