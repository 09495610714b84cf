package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.sqlite.SqliteCatalog.StoredColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that is loaded.
 *
 * @param sql its name, quoted
 * @param rowId a name by which SQLite's row number is reached
 */
record TargetTable(TableName name, String sql, String rowId, List<TargetColumn> columns, List<String> primaryKey) {

    /**
     * A column.
     *
     * @param type null where the table declares none
     * @param collation {@code BINARY}, {@code NOCASE} or {@code RTRIM}
     */
    record TargetColumn(
            String name,
            String declared,
            @org.jspecify.annotations.Nullable DataType type,
            boolean notNull,
            boolean generated,
            String collation) {

        boolean isCollated() {
            return !collation.equals("BINARY");
        }

        /** The type as which it is read where it declares none. */
        DataType readAs() {
            return type == null ? Simple.TEXT : type;
        }
    }

    static Optional<TargetTable> find(LoadStatements sql, TableName name) {
        return SqliteErrors.translate("look at " + name, FailureKind.TARGET_UNREACHABLE, () -> {
            SqliteCatalog catalog = new SqliteCatalog(sql.connection());
            Optional<String> kind = catalog.kind(name);
            if (kind.isEmpty()) {
                return Optional.empty();
            } else if (kind.get().equals("view")) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot load into " + name + ": it is a view (allowed: a table)",
                        "drop the view, or give load.table another name");
            }
            return Optional.of(of(sql, name, catalog.columns(name).orElseThrow()));
        });
    }

    private static TargetTable of(LoadStatements sql, TableName name, List<StoredColumn> stored) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        for (StoredColumn column : stored) {
            columns.add(new TargetColumn(
                    column.name(),
                    column.declared(),
                    SqliteTypes.parse(column.declared()).orElse(null),
                    column.notNull(),
                    column.generated(),
                    collation(sql, name, column.name())));
        }
        List<String> names = stored.stream().map(StoredColumn::name).toList();
        return new TargetTable(
                name, SqliteSql.table(name), rowId(names), List.copyOf(columns), SqliteCatalog.primaryKey(stored));
    }

    /** SQLite tells no column's collation; an empty selection of it, with two texts behind, compares by it. */
    private static String collation(LoadStatements sql, TableName table, String column) {
        String probe = "WITH p(c) AS (SELECT " + SqliteSql.name(column) + " FROM " + SqliteSql.table(table)
                + " WHERE false UNION ALL SELECT 'a') SELECT (c = 'A') + 2 * (c = 'a ') FROM p";
        return switch ((int) sql.number(probe)) {
            case 1 -> "NOCASE";
            case 2 -> "RTRIM";
            default -> "BINARY";
        };
    }

    private static String rowId(List<String> names) {
        for (String candidate : List.of("rowid", "_rowid_", "oid")) {
            if (names.stream().noneMatch(candidate::equalsIgnoreCase)) {
                return candidate;
            }
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load into a table that has columns rowid, _rowid_ and oid: its rows have no name left");
    }

    /** The columns as they are read. */
    Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.readAs(), !column.notNull()))
                .toList());
    }

    Optional<TargetColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(wanted))
                        .findFirst());
    }
}
