/** Positions as the typed JSON of the ledger, and run identifiers. Knows nothing of how a target stores its ledger. */
@NullMarked
package io.headworks.core.ledger;

import org.jspecify.annotations.NullMarked;
