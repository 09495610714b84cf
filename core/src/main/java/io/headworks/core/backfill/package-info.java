/**
 * Loads a part of history again: scope, impact, notice, isolation from live runs, validation before and after, newest
 * first, a watch for duplicates and spikes, reconciliation with the source, a written record. It decides the order of runs
 * and knows nothing of how one run works.
 */
@NullMarked
package io.headworks.core.backfill;

import org.jspecify.annotations.NullMarked;
