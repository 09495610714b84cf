/** What a MySQL or MariaDB server says of its tables. Knows nothing of how rows are read. */
@NullMarked
package io.headworks.connector.mysql.catalog;

import org.jspecify.annotations.NullMarked;
