package io.headworks.connector.mysql.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of a query, from what the answer says of itself. It says less than a catalogue does: an enum or a set is a
 * text there, and no text has a length to rely on.
 */
final class QueryColumns {
    private static final int NO_SCALE = 31;

    private final Connection connection;

    QueryColumns(Connection connection) {
        this.connection = connection;
    }

    List<StoredColumn> of(String select) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet nothing = statement.executeQuery("SELECT * FROM (" + select + "\n) AS q LIMIT 0")) {
                ResultSetMetaData told = nothing.getMetaData();
                for (int i = 1; i <= told.getColumnCount(); i++) {
                    columns.add(column(told, i));
                }
            }
        }
        return columns;
    }

    private static StoredColumn column(ResultSetMetaData told, int index) throws SQLException {
        String declared = told.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        String type = declared.replace(" unsigned", "").replace(" zerofill", "");
        boolean text = type.endsWith("char") || type.endsWith("text");
        int scale = told.getScale(index);
        return new StoredColumn(
                told.getColumnLabel(index),
                text ? "text" : type.equals("integer") ? "int" : type,
                declared,
                declared.contains(" unsigned"),
                told.getPrecision(index),
                scale == NO_SCALE ? 0 : scale,
                List.of(),
                type.equals("json"),
                told.isNullable(index) == ResultSetMetaData.columnNoNulls,
                false,
                null);
    }
}
