/** Names of tables. Knows nothing of connections' settings or of where a table is stored. */
@NullMarked
package io.headworks.api.dataset;

import org.jspecify.annotations.NullMarked;
