/**
 * Sessions of a PostgreSQL server: typed settings, TLS, and what its errors mean. The one door of its driver's
 * properties. Knows nothing of tables.
 */
@NullMarked
package io.headworks.connector.postgres.session;

import org.jspecify.annotations.NullMarked;
