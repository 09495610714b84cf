package io.headworks.connector.postgres.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The columns of a query. The driver tells type and size; from the size comes the modifier back. */
final class QueryColumns {
    private static final int HEAD = 4;

    private final Connection connection;
    private final Types types;

    QueryColumns(Connection connection, Types types) {
        this.connection = connection;
        this.types = types;
    }

    /** Not a prepared statement: the driver would take a question mark, which is an operator here, for a parameter. */
    List<StoredColumn> from(String from) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery("SELECT * FROM " + from + " LIMIT 0")) {
            ResultSetMetaData told = nothing.getMetaData();
            for (int i = 1; i <= told.getColumnCount(); i++) {
                PgType type = types.find(oid(told.getColumnTypeName(i)));
                columns.add(new StoredColumn(told.getColumnName(i), type, modifier(type, told, i), false, false));
            }
        }
        return columns;
    }

    private long oid(String name) throws SQLException {
        // the driver's short names of serial columns, which are no types of the server
        String known = switch (name) {
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> name;
        };
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?::regtype::oid")) {
            statement.setString(1, known);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static int modifier(PgType type, ResultSetMetaData told, int column) throws SQLException {
        int precision = told.getPrecision(column);
        int scale = told.getScale(column);
        return switch (type.builtin() ? type.name() : "") {
            case "numeric" -> precision == 0 ? -1 : (precision << 16 | scale & 0x7ff) + HEAD;
            case "varchar", "bpchar" -> precision == 0 || precision == Integer.MAX_VALUE ? -1 : precision + HEAD;
            case "timestamp", "timestamptz", "time" -> scale;
            case "bit" -> precision == 0 ? 1 : precision;
            default -> -1;
        };
    }
}
