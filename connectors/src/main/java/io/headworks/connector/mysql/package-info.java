/**
 * Databases of MySQL and MariaDB servers. Knows their catalogue, types and SQL; its driver only through {@code session}.
 */
@NullMarked
package io.headworks.connector.mysql;

import org.jspecify.annotations.NullMarked;
