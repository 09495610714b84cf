package io.headworks.connector.jdbc.catalog;

import io.headworks.api.dataset.TableName;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.source.SourceTable;
import io.headworks.connector.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks things up in the catalogue of one session, as JDBC shows it. */
public final class Catalog {
    private static final String[] KINDS = {"TABLE", "VIEW"};

    private final Connection connection;
    private final Dialect dialect;

    public Catalog(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    private record Found(String schema, String table, boolean view) {}

    /** What this user may read; without the schema where it is the session's own. */
    public List<TableName> tables() throws SQLException {
        String own = connection.getSchema();
        return found(null).stream()
                .map(found -> new TableName(found.schema().equals(own) ? null : found.schema(), found.table()))
                .toList();
    }

    /** All tables but ours with their columns, asked in two calls. */
    public List<SourceTable> listing() throws SQLException {
        String own = connection.getSchema();
        Map<TableName, TreeMap<Integer, String>> columns = new HashMap<>();
        try (ResultSet row = connection.getMetaData().getColumns(null, null, "%", "%")) {
            while (row.next()) {
                TableName name = new TableName(row.getString("TABLE_SCHEM"), row.getString("TABLE_NAME"));
                columns.computeIfAbsent(name, each -> new TreeMap<>())
                        .put(row.getInt("ORDINAL_POSITION"), row.getString("COLUMN_NAME"));
            }
        }
        return found(null).stream()
                .filter(found -> !LedgerTables.isOurs(found.table()))
                .map(found -> {
                    TableName name = new TableName(found.schema(), found.table());
                    TreeMap<Integer, String> of = columns.getOrDefault(name, new TreeMap<>());
                    return new SourceTable(name, found.schema().equals(own), found.view(), List.copyOf(of.values()));
                })
                .toList();
    }

    private List<Found> found(@Nullable String schema) throws SQLException {
        List<Found> found = new ArrayList<>();
        try (ResultSet row = connection.getMetaData().getTables(null, null, "%", KINDS)) {
            while (row.next()) {
                String in = row.getString("TABLE_SCHEM");
                if (schema == null || schema.equals(in)) {
                    found.add(new Found(
                            in,
                            row.getString("TABLE_NAME"),
                            row.getString("TABLE_TYPE").equals("VIEW")));
                }
            }
        }
        return found;
    }

    /** The table of that name, or of what stands for it: in the exact case, or else the only one whose name differs from it in case. */
    public Optional<StoredTable> table(TableName name) throws SQLException {
        String schema = schema(name.schema());
        String table = dialect.names().fitted(name.table());
        List<Found> all = found(schema);
        List<Found> close = all.stream()
                .filter(found -> found.table().equalsIgnoreCase(table))
                .toList();
        Optional<Found> exact =
                close.stream().filter(found -> found.table().equals(table)).findFirst();
        Found found = exact.orElse(close.size() == 1 ? close.get(0) : null);
        return found == null ? Optional.empty() : Optional.of(stored(found));
    }

    /** A schema in the exact case, or else as the database would fold it. */
    private String schema(@Nullable String wanted) throws SQLException {
        String own = Objects.requireNonNull(connection.getSchema(), "a session has a schema");
        if (wanted == null) {
            return own;
        }
        String folded = null;
        try (ResultSet row = connection.getMetaData().getSchemas()) {
            while (row.next()) {
                String schema = row.getString("TABLE_SCHEM");
                if (schema.equals(wanted)) {
                    return schema;
                }
                folded = schema.equalsIgnoreCase(wanted) ? schema : folded;
            }
        }
        return folded == null ? wanted : folded;
    }

    private StoredTable stored(Found found) throws SQLException {
        return new StoredTable(
                new TableName(found.schema(), found.table()),
                found.view(),
                columns(found),
                primaryKey(found),
                new Collations(connection, dialect).other(found.schema(), found.table()));
    }

    private List<StoredColumn> columns(Found found) throws SQLException {
        DatabaseMetaData told = connection.getMetaData();
        TreeMap<Integer, StoredColumn> columns = new TreeMap<>();
        // names are patterns there: what they match beside the name is left out
        String pattern = found.table().matches("\\w+") ? found.table() : "%";
        try (ResultSet row = told.getColumns(null, found.schema(), pattern, "%")) {
            while (row.next()) {
                if (row.getString("TABLE_NAME").equals(found.table())
                        && row.getString("TABLE_SCHEM").equals(found.schema())) {
                    columns.put(row.getInt("ORDINAL_POSITION"), column(row));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private StoredColumn column(ResultSet row) throws SQLException {
        return new ToldType(
                        row.getInt("DATA_TYPE"),
                        row.getString("TYPE_NAME"),
                        row.getInt("COLUMN_SIZE"),
                        row.getInt("DECIMAL_DIGITS"))
                .column(
                        row.getString("COLUMN_NAME"),
                        dialect,
                        row.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls,
                        "YES".equals(row.getString("IS_GENERATEDCOLUMN"))
                                && !"YES".equals(row.getString("IS_AUTOINCREMENT")));
    }

    private List<String> primaryKey(Found found) throws SQLException {
        TreeMap<Integer, String> columns = new TreeMap<>();
        try (ResultSet row = connection.getMetaData().getPrimaryKeys(null, found.schema(), found.table())) {
            while (row.next()) {
                columns.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    /** The columns that a SELECT gives, told without running it. */
    public List<StoredColumn> columnsOf(String select) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM (" + select + "\n) AS q")) {
            ResultSetMetaData told = statement.getMetaData();
            for (int i = 1; i <= told.getColumnCount(); i++) {
                columns.add(new ToldType(
                                told.getColumnType(i),
                                told.getColumnTypeName(i),
                                told.getPrecision(i),
                                told.getScale(i))
                        .column(
                                told.getColumnLabel(i),
                                dialect,
                                told.isNullable(i) == ResultSetMetaData.columnNoNulls,
                                false));
            }
        }
        return columns;
    }
}
