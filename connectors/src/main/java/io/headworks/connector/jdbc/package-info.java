/**
 * Databases reached by a JDBC driver that the project brings along, as each {@code Dialect} describes them. Knows no
 * driver by name but through a dialect.
 */
@NullMarked
package io.headworks.connector.jdbc;

import org.jspecify.annotations.NullMarked;
