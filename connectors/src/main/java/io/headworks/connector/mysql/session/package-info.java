/**
 * Sessions of a MySQL or MariaDB server: TLS, the state all sessions have, and what the server's errors mean. The one door
 * of its driver. Knows nothing of tables.
 */
@NullMarked
package io.headworks.connector.mysql.session;

import org.jspecify.annotations.NullMarked;
