/** Reading from PostgreSQL: an extract as SELECTs of one snapshot, each column with its type here and how it is decoded. */
@NullMarked
package io.headworks.connector.postgres.source;

import org.jspecify.annotations.NullMarked;
