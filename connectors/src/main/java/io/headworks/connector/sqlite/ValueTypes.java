package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.sqlite.SqliteCatalog.StoredColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** The type of a column that declares none, by the storage classes of all its values. */
final class ValueTypes {
    private final Connection connection;
    private final String from;

    ValueTypes(Connection connection, String from) {
        this.connection = connection;
        this.from = from;
    }

    DataType of(StoredColumn column) throws SQLException {
        Set<String> classes = new TreeSet<>();
        String name = SqliteSql.name(column.name());
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT DISTINCT typeof(" + name + ") FROM " + from + " WHERE " + name + " IS NOT NULL");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                classes.add(row.getString(1));
            }
        }
        if (classes.isEmpty() || classes.equals(Set.of("text"))) {
            return Simple.TEXT;
        } else if (classes.equals(Set.of("integer"))) {
            return Simple.INT64;
        } else if (classes.equals(Set.of("blob"))) {
            return Simple.BINARY;
        } else if (Set.of("integer", "real").containsAll(classes)) {
            return Simple.DOUBLE;
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot tell the type of column '" + column.name() + "': it declares "
                        + (column.declared().isEmpty() ? "none" : "'" + column.declared() + "'") + " and holds "
                        + String.join(" and ", classes),
                "give its type in extract.columns; values that do not fit it are rejected rows");
    }
}
