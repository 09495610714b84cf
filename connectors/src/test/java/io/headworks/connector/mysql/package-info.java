/** Tests of MySQL and MariaDB against a real server. */
@NullMarked
package io.headworks.connector.mysql;

import org.jspecify.annotations.NullMarked;
