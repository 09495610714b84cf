/** Rows of a MySQL or MariaDB database: the snapshot, the SELECT, and what each type of column becomes here. */
@NullMarked
package io.headworks.connector.mysql.source;

import org.jspecify.annotations.NullMarked;
