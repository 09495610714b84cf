/** A project's state in a schema of a PostgreSQL server. Knows the words, not what is kept. */
@NullMarked
package io.headworks.connector.postgres.state;

import org.jspecify.annotations.NullMarked;
