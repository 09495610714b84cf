/** Column batches in and out of the engine, each type exactly. Knows nothing of where batches come from or go to. */
@NullMarked
package io.headworks.duckdb.batch;

import org.jspecify.annotations.NullMarked;
