package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.target.WorkTables;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.Looks;
import io.headworks.duckdb.load.TableColumn;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What DuckDB's own catalogue says about the tables of one attached file. */
final class TableCatalog {
    private static final String MAIN = "main";

    private final SqlRunner sql;
    private final String catalog;
    private final @Nullable Looks looks;

    TableCatalog(SqlRunner sql, String catalog) {
        this(sql, catalog, null);
    }

    /** @param looks at all tables, where they are remembered; null to look at one, now */
    TableCatalog(SqlRunner sql, String catalog, @Nullable Looks looks) {
        this.sql = sql;
        this.catalog = catalog;
        this.looks = looks;
    }

    /**
     * One of the engine's own listings.
     *
     * @param what the columns that are read
     * @param name the column with a table's name
     */
    private record Listing<T>(String what, String from, String name, String order, SqlRunner.RowMapper<T> mapper) {}

    /** What a listing has of a table; of all tables it costs the engine no more. */
    private <T> List<T> listed(Listing<T> listing, TableName table) {
        if (looks == null || !looks.atAll()) {
            return sql.query(
                    "SELECT " + listing.what() + " FROM " + listing.from() + " WHERE " + named(listing.name(), table)
                            + listing.order(),
                    listing.mapper());
        }
        Map<String, List<T>> all = looks.seen(listing.what() + " of " + listing.from(), () -> {
            Map<String, List<T>> byTable = new HashMap<>();
            sql.query(
                            "SELECT " + listing.what() + ", schema_name || '.' || " + listing.name()
                                    + " AS _hw_table FROM " + listing.from() + " WHERE database_name = "
                                    + DuckSql.text(catalog) + listing.order(),
                            row -> Map.entry(
                                    row.getString("_hw_table"), listing.mapper().map(row)))
                    .forEach(entry -> byTable.computeIfAbsent(
                                    entry.getKey().toLowerCase(Locale.ROOT), each -> new ArrayList<>())
                            .add(entry.getValue()));
            return byTable;
        });
        String schema = table.schema() == null ? MAIN : table.schema();
        return all.getOrDefault((schema + "." + table.table()).toLowerCase(Locale.ROOT), List.of());
    }

    private List<TableName> views(TableName table) {
        return listed(
                new Listing<>(
                        "schema_name, view_name",
                        "duckdb_views()",
                        "view_name",
                        "",
                        row -> new TableName(row.getString(1), row.getString(2))),
                table);
    }

    /** The rows of a view, or empty when there is none of that name. Its columns are those it has by now. */
    Optional<Relation> view(TableName table) {
        return views(table).stream()
                .findFirst()
                .map(view -> DuckSql.table(catalog, view))
                .map(stored -> {
                    Schema columns = sql.describe("SELECT * FROM " + stored);
                    return new Relation(
                            "SELECT " + DuckSql.names(columns.names()) + " FROM " + stored, columns, List.of());
                });
    }

    /** The table's shape, or empty when there is none. A view of that name is refused: nothing can be loaded into it. */
    Optional<TableShape> shape(TableName table) {
        List<Stored> found = listed(
                new Listing<>(
                        "table_name, schema_name, sql, index_count, check_constraint_count, comment",
                        "duckdb_tables()",
                        "table_name",
                        "",
                        row -> new Stored(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4) + row.getLong(5),
                                row.getString(6) != null)),
                table);
        if (found.isEmpty()) {
            refuseView(table);
            return Optional.empty();
        }
        return Optional.of(shape(table, found.get(0)));
    }

    private record Stored(String name, String schema, String sql, long indexesAndChecks, boolean commented) {
        TableName asStored() {
            return new TableName(schema, name);
        }
    }

    private record StoredColumn(TableColumn column, boolean hasDefault, boolean commented) {}

    private record Constraint(String type, List<String> columns) {}

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private TableShape shape(TableName table, Stored stored) {
        List<StoredColumn> columns = listed(
                new Listing<>(
                        "column_name, data_type, is_nullable, is_generated, column_default IS NOT NULL, comment",
                        "duckdb_columns()",
                        "table_name",
                        " ORDER BY column_index",
                        row -> new StoredColumn(
                                new TableColumn(
                                        row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                                row.getBoolean(5),
                                row.getString(6) != null)),
                table);
        List<Constraint> constraints = listed(
                        new Listing<>(
                                "constraint_type, constraint_column_names",
                                "duckdb_constraints()",
                                "table_name",
                                "",
                                row -> new Constraint(row.getString(1), texts(row.getArray(2)))),
                        table)
                .stream()
                .filter(constraint -> !constraint.type().equals("NOT NULL"))
                .toList();
        boolean collated = stored.sql().contains(" COLLATE ");
        boolean plain = constraints.isEmpty()
                && stored.indexesAndChecks() == 0
                && !stored.commented()
                && !collated
                && columns.stream().noneMatch(column -> column.hasDefault() || column.commented());
        return new TableShape(
                catalog,
                table,
                stored.asStored(),
                columns.stream().map(StoredColumn::column).toList(),
                constraints.stream()
                        .filter(constraint -> constraint.type().equals("PRIMARY KEY"))
                        .flatMap(constraint -> constraint.columns().stream())
                        .toList(),
                plain,
                collated);
    }

    boolean hasView(TableName table) {
        return !views(table).isEmpty();
    }

    private void refuseView(TableName table) {
        if (hasView(table)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load into " + table + ": it is a view (allowed: a table)",
                    "drop the view, or give load.table another name");
        }
    }

    /** The user's tables and views, sorted; those of schema {@code main} are named without it. */
    List<TableName> userTables() {
        return looks == null ? listUserTables() : looks.seen("user tables", this::listUserTables);
    }

    private List<TableName> listUserTables() {
        return sql.query(
                "SELECT schema_name, table_name FROM (SELECT database_name, schema_name, table_name, internal FROM"
                        + " duckdb_tables() UNION ALL SELECT database_name, schema_name, view_name, internal FROM"
                        + " duckdb_views()) WHERE database_name = " + DuckSql.text(catalog)
                        + " AND NOT internal AND schema_name <> " + DuckSql.text(LedgerTables.SCHEMA)
                        + " AND NOT starts_with(table_name, " + DuckSql.text(WorkTables.PREFIX)
                        + ") ORDER BY schema_name = 'main' DESC, schema_name, table_name",
                row -> new TableName(MAIN.equals(row.getString(1)) ? null : row.getString(1), row.getString(2)));
    }

    /** Work tables of any run, in any schema. */
    List<TableName> workTables() {
        return sql.query(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = " + DuckSql.text(catalog)
                        + " AND starts_with(table_name, " + DuckSql.text(WorkTables.PREFIX) + ") ORDER BY ALL",
                row -> new TableName(row.getString(1), row.getString(2)));
    }

    /** Names of the columns of those of our tables that exist, in order. */
    Map<String, List<String>> ownColumns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        sql.query(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = " + DuckSql.text(catalog)
                        + " AND schema_name = " + DuckSql.text(LedgerTables.SCHEMA)
                        + " ORDER BY table_name, column_index",
                row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2)));
        return columns;
    }

    private String named(String column, TableName table) {
        String schema = table.schema() == null ? MAIN : table.schema();
        return "database_name = " + DuckSql.text(catalog) + " AND lower(schema_name) = lower(" + DuckSql.text(schema)
                + ") AND lower(" + column + ") = lower(" + DuckSql.text(table.table()) + ")";
    }
}
