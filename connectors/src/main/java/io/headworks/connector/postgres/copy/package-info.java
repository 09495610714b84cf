/**
 * The binary format of COPY, decoded into column batches. Knows the wire format of each type, and nothing of tables,
 * sessions' settings or SQL.
 */
@NullMarked
package io.headworks.connector.postgres.copy;

import org.jspecify.annotations.NullMarked;
