/** What PostgreSQL's own catalogue says of tables, columns and types. Knows neither our types nor how rows are read. */
@NullMarked
package io.headworks.connector.postgres.catalog;

import org.jspecify.annotations.NullMarked;
