/** Loading a table by {@code connector.relational}: types, work tables, the content hash. */
@NullMarked
package io.headworks.connector.jdbc.load;

import org.jspecify.annotations.NullMarked;
