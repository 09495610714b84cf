/**
 * What a target connector programs against: observing a table and its ledger, the fence, and the one transaction that
 * carries every write of a load. Knows nothing of sources or plans.
 */
@NullMarked
package io.headworks.api.target;

import org.jspecify.annotations.NullMarked;
