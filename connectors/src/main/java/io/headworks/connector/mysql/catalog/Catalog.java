package io.headworks.connector.mysql.catalog;

import io.headworks.api.dataset.TableName;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.source.SourceTable;
import io.headworks.api.source.TableListing;
import io.headworks.connector.mysql.session.MysqlSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks things up in the catalogue of one session. */
public final class Catalog {
    private static final String TABLES = """
            SELECT nullif(TABLE_SCHEMA, DATABASE()), TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
              AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
            ORDER BY TABLE_SCHEMA <> DATABASE(), TABLE_SCHEMA, TABLE_NAME""";
    private static final String LISTING = """
            SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_SCHEMA <=> DATABASE(), t.TABLE_TYPE LIKE '%VIEW', c.COLUMN_NAME
            FROM information_schema.TABLES t LEFT JOIN information_schema.COLUMNS c
              ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
            WHERE t.TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
              AND t.TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
            ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, c.ORDINAL_POSITION""";
    private static final String TABLE = """
            SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS, DATA_LENGTH
            FROM information_schema.TABLES WHERE TABLE_SCHEMA = coalesce(?, DATABASE()) AND TABLE_NAME = ?""";
    private static final String COLUMNS = """
            SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE,
                   coalesce(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, 0),
                   coalesce(NUMERIC_SCALE, DATETIME_PRECISION, 0), IS_NULLABLE = 'NO', COLLATION_NAME,
                   coalesce(GENERATION_EXPRESSION, '') <> '' OR EXTRA LIKE '%GENERATED%'
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";
    private static final String JSON_CHECKS = """
            SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
            WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ? AND CHECK_CLAUSE LIKE 'json_valid(%'""";
    /** MySQL's catalogue of checks does not name their tables. */
    private static final String MYSQL_JSON_CHECKS = """
            SELECT c.CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS c
            JOIN information_schema.TABLE_CONSTRAINTS t
              ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
            WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ? AND t.CONSTRAINT_TYPE = 'CHECK'
              AND c.CHECK_CLAUSE LIKE 'json_valid(%'""";

    private static final String PRIMARY_KEY = """
            SELECT COLUMN_NAME FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND INDEX_NAME = 'PRIMARY' ORDER BY SEQ_IN_INDEX""";

    private final Connection connection;

    public Catalog(Connection connection) {
        this.connection = connection;
    }

    /** What this user may read; without the schema where it is the connection's database. */
    public List<TableName> tables() throws SQLException {
        List<TableName> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tables.add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    /** All tables but ours with their columns, in one query. */
    public List<SourceTable> listing() throws SQLException {
        TableListing tables = new TableListing();
        try (PreparedStatement statement = connection.prepareStatement(LISTING);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                TableName name = new TableName(row.getString(1), row.getString(2));
                if (!LedgerTables.isOurs(name.table())) {
                    tables.add(name, row.getBoolean(3), row.getBoolean(4), row.getString(5));
                }
            }
        }
        return tables.tables();
    }

    /** The table of that name, or of what stands for it: in the exact case, or else as the server compares names. */
    public Optional<StoredTable> table(TableName name) throws SQLException {
        String table = MysqlSql.NAMES.fitted(name.table());
        @Nullable StoredTable found = null;
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.schema());
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (found == null || row.getString(2).equals(table)) {
                        found = table(row);
                    }
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private StoredTable table(ResultSet found) throws SQLException {
        String schema = found.getString(1);
        String table = found.getString(2);
        boolean view = found.getString(3).equals("VIEW");
        return new StoredTable(
                new TableName(schema, table),
                view,
                found.getString(4),
                number(found, 5),
                number(found, 6),
                columns(schema, table),
                texts(PRIMARY_KEY, schema, table));
    }

    private static @Nullable Long number(ResultSet row, int index) throws SQLException {
        long number = row.getLong(index);
        return row.wasNull() ? null : number;
    }

    private List<StoredColumn> columns(String schema, String table) throws SQLException {
        Set<String> json = jsonColumns(schema, table);
        List<StoredColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row, json));
                }
            }
        }
        return columns;
    }

    private static StoredColumn column(ResultSet row, Set<String> json) throws SQLException {
        String type = row.getString(2).toLowerCase(Locale.ROOT);
        String declared = row.getString(3);
        return new StoredColumn(
                row.getString(1),
                type,
                declared,
                declared.contains(" unsigned"),
                (int) Math.min(row.getLong(4), Integer.MAX_VALUE),
                row.getInt(5),
                type.equals("enum") ? EnumLabels.of(declared) : List.of(),
                type.equals("json") || json.contains(row.getString(1)),
                row.getBoolean(6),
                row.getBoolean(8),
                row.getString(7));
    }

    /** MariaDB's JSON is a text with a check; so is what a load makes for it, in both. */
    private Set<String> jsonColumns(String schema, String table) throws SQLException {
        boolean maria = connection.getMetaData().getDatabaseProductName().equals("MariaDB");
        String checks = maria ? JSON_CHECKS : MYSQL_JSON_CHECKS;
        Set<String> columns = new HashSet<>();
        for (String clause : texts(checks, schema, table)) {
            if (clause.matches("json_valid\\(`(?:[^`]|``)*`\\)")) {
                columns.add(clause.substring("json_valid(`".length(), clause.length() - 2)
                        .replace("``", "`"));
            }
        }
        return columns;
    }

    private List<String> texts(String query, String schema, String table) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    /** The columns that a SELECT gives, found by running it for no row. */
    public List<StoredColumn> columnsOf(String select) throws SQLException {
        return new QueryColumns(connection).of(select);
    }
}
