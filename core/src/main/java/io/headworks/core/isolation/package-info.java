/**
 * Isolated copies of a pipeline: the same definition over frozen batches, with everything it writes in a place of its
 * own. Knows neither tests nor proofs, which are made of them, nor commands.
 */
@NullMarked
package io.headworks.core.isolation;

import org.jspecify.annotations.NullMarked;
