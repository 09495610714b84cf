/** Tests of SQLite as source and target. */
@NullMarked
package io.headworks.connector.sqlite;

import org.jspecify.annotations.NullMarked;
