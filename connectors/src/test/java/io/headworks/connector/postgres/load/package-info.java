/** Tests of PostgreSQL as a target. */
@NullMarked
package io.headworks.connector.postgres.load;

import org.jspecify.annotations.NullMarked;
