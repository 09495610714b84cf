/**
 * What a load asks of an engine that works out histories: which stored rows it needs, and what becomes of them. Knows
 * nothing of targets: they are handed the outcome as a batch like any other.
 */
@NullMarked
package io.headworks.api.history;

import org.jspecify.annotations.NullMarked;
