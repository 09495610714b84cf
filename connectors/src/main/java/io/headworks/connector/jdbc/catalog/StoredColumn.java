package io.headworks.connector.jdbc.catalog;

/**
 * A column of a table, view or query.
 *
 * @param jdbcType of {@link java.sql.Types}
 * @param type the database's word, such as {@code VARCHAR () FOR BIT DATA}
 * @param length characters or bytes of a text or binary type, or digits of a number
 * @param scale digits after the point, or of the second
 * @param declared the type in full
 */
public record StoredColumn(
        String name,
        int jdbcType,
        String type,
        int length,
        int scale,
        String declared,
        boolean notNull,
        boolean generated) {}
