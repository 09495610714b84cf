/** The ledger that lives beside the data: what a load committed, and who may write next. A public format. */
@NullMarked
package io.headworks.api.ledger;

import org.jspecify.annotations.NullMarked;
