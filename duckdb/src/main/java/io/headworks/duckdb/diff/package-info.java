/**
 * Rows compared in the engine: canonical texts and hashes by {@code hw1}, and rows paired by key. Knows nothing of where
 * the rows come from or of who asks.
 */
@NullMarked
package io.headworks.duckdb.diff;

import org.jspecify.annotations.NullMarked;
