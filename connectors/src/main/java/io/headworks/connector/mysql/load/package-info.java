/** MySQL and MariaDB as databases to load into, over {@code connector.relational}. Every table is InnoDB's. */
@NullMarked
package io.headworks.connector.mysql.load;

import org.jspecify.annotations.NullMarked;
