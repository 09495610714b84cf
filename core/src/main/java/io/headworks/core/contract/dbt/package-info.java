/** Contracts as the property files of dbt. Knows nothing of how contracts are enforced here. */
@NullMarked
package io.headworks.core.contract.dbt;

import org.jspecify.annotations.NullMarked;
