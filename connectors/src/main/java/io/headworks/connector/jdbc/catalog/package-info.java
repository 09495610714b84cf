/** What a database says of its tables. Knows nothing of how rows are read. */
@NullMarked
package io.headworks.connector.jdbc.catalog;

import org.jspecify.annotations.NullMarked;
