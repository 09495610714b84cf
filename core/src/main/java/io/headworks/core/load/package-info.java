/** The load: one transaction from the fence to the ledger row, and its proof afterwards. Knows no other stage. */
@NullMarked
package io.headworks.core.load;

import org.jspecify.annotations.NullMarked;
