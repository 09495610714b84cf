package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.target.WorkTables;
import io.headworks.duckdb.load.TableColumn;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What DuckDB's own catalogue says about the tables of one attached file. */
final class TableCatalog {
    private static final String MAIN = "main";

    private final SqlRunner sql;
    private final String catalog;

    TableCatalog(SqlRunner sql, String catalog) {
        this.sql = sql;
        this.catalog = catalog;
    }

    /** The table's shape, or empty when there is none. A view of that name is refused: nothing can be loaded into it. */
    Optional<TableShape> shape(TableName table) {
        List<Stored> found = sql.query(
                "SELECT table_name, schema_name, sql, index_count, check_constraint_count, comment FROM duckdb_tables()"
                        + " WHERE " + named("table_name", table),
                row -> new Stored(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4) + row.getLong(5),
                        row.getString(6) != null));
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
        List<StoredColumn> columns = sql.query(
                "SELECT column_name, data_type, is_nullable, is_generated, column_default IS NOT NULL, comment"
                        + " FROM duckdb_columns() WHERE " + named("table_name", table) + " ORDER BY column_index",
                row -> new StoredColumn(
                        new TableColumn(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                        row.getBoolean(5),
                        row.getString(6) != null));
        List<Constraint> constraints = sql.query(
                "SELECT constraint_type, constraint_column_names FROM duckdb_constraints() WHERE "
                        + named("table_name", table) + " AND constraint_type <> 'NOT NULL'",
                row -> new Constraint(row.getString(1), texts(row.getArray(2))));
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

    private void refuseView(TableName table) {
        long views = sql.number("SELECT count(*) FROM duckdb_views() WHERE " + named("view_name", table));
        if (views > 0) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load into " + table + ": it is a view (allowed: a table)",
                    "drop the view, or give load.table another name");
        }
    }

    /** The user's tables, sorted; those of schema {@code main} are named without it. */
    List<TableName> userTables() {
        return sql.query(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = " + DuckSql.text(catalog)
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
