package io.headworks.connector.jdbc.catalog;

import io.headworks.connector.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** By which rule text columns compare: JDBC has no word for it. */
final class Collations {
    private final Connection connection;
    private final Dialect dialect;

    Collations(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** A rule of the table's by which texts that differ may be equal; null when there is none. */
    @Nullable
    String other(String schema, String table) throws SQLException {
        return switch (dialect) {
            case DERBY ->
                first(
                        "SELECT c FROM (VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY('derby.database.collation')) AS q (c)"
                                + " WHERE c <> ?",
                        dialect.forms().collation());
            case HSQLDB ->
                first(
                        "SELECT collation_name FROM information_schema.columns WHERE collation_name <> ?"
                                + " AND table_schema = ? AND table_name = ?",
                        dialect.forms().collation(),
                        schema,
                        table);
        };
    }

    private @Nullable String first(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
