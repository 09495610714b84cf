/**
 * Batches as rows of a statement: a table function over streams that are read side by side. Knows the driver's memory of
 * a chunk; knows nothing of where batches come from or what reads the rows.
 */
@NullMarked
package io.headworks.duckdb.stream;

import org.jspecify.annotations.NullMarked;
