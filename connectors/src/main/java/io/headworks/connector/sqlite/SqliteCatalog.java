package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.source.SourceTable;
import io.headworks.api.source.TableListing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What SQLite's own catalogue says. */
final class SqliteCatalog {
    private final Connection connection;

    SqliteCatalog(Connection connection) {
        this.connection = connection;
    }

    /** A column; {@code declared} is empty where the table does not say. */
    record StoredColumn(String name, String declared, boolean notNull, int keyPosition, boolean generated) {}

    /** A table's or view's columns in order; empty when there is none of that name. */
    Optional<List<StoredColumn>> columns(TableName table) throws SQLException {
        SqliteSql.table(table);
        List<StoredColumn> columns = columns(table.table(), "main");
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    /** The columns of a SELECT, with the declared types of those that stand for a column of a table. */
    List<StoredColumn> queryColumns(String select) throws SQLException {
        SqliteFile.execute(connection, "CREATE TEMP VIEW hw_tmp_query AS " + select);
        try {
            return columns("hw_tmp_query", "temp");
        } finally {
            SqliteFile.execute(connection, "DROP VIEW temp.hw_tmp_query");
        }
    }

    private List<StoredColumn> columns(String table, String schema) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?, ?) ORDER BY cid")) {
            statement.setString(1, table);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int hidden = row.getInt(5);
                    if (hidden != 1) {
                        columns.add(new StoredColumn(
                                row.getString(1), row.getString(2), row.getBoolean(3), row.getInt(4), hidden > 1));
                    }
                }
            }
        }
        return columns;
    }

    static List<String> primaryKey(List<StoredColumn> columns) {
        return columns.stream()
                .filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(StoredColumn::keyPosition))
                .map(StoredColumn::name)
                .toList();
    }

    /** {@code table} or {@code view}, or empty. */
    Optional<String> kind(TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT type FROM main.sqlite_schema WHERE lower(name) = lower(?) AND type IN ('table', 'view')")) {
            statement.setString(1, table.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** The user's tables and views, without SQLite's own and ours. */
    List<TableName> tables() throws SQLException {
        List<TableName> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') ORDER BY name");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String name = row.getString(1);
                if (!name.startsWith("sqlite_") && !LedgerTables.isOurs(name)) {
                    tables.add(new TableName(null, name));
                }
            }
        }
        return tables;
    }

    /** All tables and views with their columns, in one query. */
    List<SourceTable> listing() throws SQLException {
        TableListing tables = new TableListing();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT m.name, m.type = 'view', x.name FROM main.sqlite_schema m, pragma_table_xinfo(m.name, 'main') x"
                                + " WHERE m.type IN ('table', 'view') AND x.hidden <> 1 ORDER BY m.name, x.cid");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String name = row.getString(1);
                if (!name.startsWith("sqlite_") && !LedgerTables.isOurs(name)) {
                    tables.add(new TableName(null, name), true, row.getBoolean(2), row.getString(3));
                }
            }
        }
        return tables.tables();
    }
}
