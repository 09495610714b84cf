/** How rows enter a table: strategies, what they count, and what a schema change may do. Knows nothing of any target's SQL. */
@NullMarked
package io.headworks.api.load;

import org.jspecify.annotations.NullMarked;
