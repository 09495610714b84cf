/**
 * PostgreSQL as a target: rows travel by binary COPY, strategies are those of {@code connector.relational}. Knows
 * PostgreSQL's types, catalogue and COPY format; knows nothing of how a connection is made.
 */
@NullMarked
package io.headworks.connector.postgres.load;

import org.jspecify.annotations.NullMarked;
