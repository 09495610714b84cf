/** Rows of a database: the snapshot, the SELECT, and what each type of column becomes here. */
@NullMarked
package io.headworks.connector.jdbc.source;

import org.jspecify.annotations.NullMarked;
