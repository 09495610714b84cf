package io.headworks.connector.postgres.catalog;

/**
 * A column of a table, view or query.
 *
 * @param modifier {@code atttypmod}: length, precision and scale in the type's own code; -1 for none
 * @param indexed true when it leads an index
 */
public record StoredColumn(String name, PgType type, int modifier, boolean notNull, boolean indexed) {}
