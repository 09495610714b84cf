package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.sqlite.SqliteCatalog.StoredColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of a SQLite file as it is found. */
final class FoundTable {
    private FoundTable() {}

    static Optional<TargetTable> find(Statements sql, TableName name) {
        return sql.run("look at " + name, () -> {
            SqliteCatalog catalog = new SqliteCatalog(sql.connection());
            Optional<String> kind = catalog.kind(name);
            if (kind.isEmpty()) {
                return Optional.empty();
            } else if (kind.get().equals("view")) {
                throw TargetTable.isView(name);
            }
            return Optional.of(of(sql, name, catalog.columns(name).orElseThrow()));
        });
    }

    private static TargetTable of(Statements sql, TableName name, List<StoredColumn> stored) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        for (StoredColumn column : stored) {
            columns.add(new TargetColumn(
                    column.name(),
                    SqliteSql.name(column.name()),
                    column.declared(),
                    SqliteTypes.parse(column.declared()).orElse(null),
                    column.notNull(),
                    column.generated(),
                    collation(sql, name, column.name())));
        }
        List<String> names = stored.stream().map(StoredColumn::name).toList();
        return new TargetTable(name, SqliteSql.table(name), rowId(names), columns, SqliteCatalog.primaryKey(stored));
    }

    /** SQLite tells no column's collation; an empty selection of it, with two texts behind, compares by it. */
    private static @Nullable String collation(Statements sql, TableName table, String column) {
        String probe = "WITH p(c) AS (SELECT " + SqliteSql.name(column) + " FROM " + SqliteSql.table(table)
                + " WHERE false UNION ALL SELECT 'a') SELECT (c = 'A') + 2 * (c = 'a ') FROM p";
        return switch ((int) sql.number(probe)) {
            case 1 -> "NOCASE";
            case 2 -> "RTRIM";
            default -> null;
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
}
