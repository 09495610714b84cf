/**
 * What a source connector programs against: observing what is there, and handing over rows, in place where the engine
 * can read them itself, else as a stream of batches. Knows nothing of plans, ledgers or targets.
 */
@NullMarked
package io.headworks.api.source;

import org.jspecify.annotations.NullMarked;
