package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.name.NameTable;
import io.headworks.api.name.StoredName;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.Locale;

/** Names that the columns of a table's sources have here, because DuckDB does not tell their own apart. */
final class KeptNames {
    private final SqlRunner sql;
    private final OwnTables own;
    private final String table;

    KeptNames(SqlRunner sql, String catalog, TableName table) {
        this(sql, new OwnTables(sql, catalog), table);
    }

    KeptNames(SqlRunner sql, OwnTables own, TableName table) {
        this.sql = sql;
        this.own = own;
        String schema = table.schema() == null ? "main" : table.schema();
        this.table = (schema + "." + table.table()).toLowerCase(Locale.ROOT);
    }

    List<StoredName> all() {
        return own.has(NameTable.NAME)
                ? sql.query(
                        "SELECT " + DuckSql.names(NameTable.READ) + " FROM " + own.sql(NameTable.NAME)
                                + " WHERE table_id = " + DuckSql.text(NameTable.tableId(table)) + " ORDER BY name_id",
                        row -> NameTable.name(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                : List.of();
    }

    void keep(StoredName name, String runId) {
        if (NameTable.isKept(all(), name)) {
            return;
        }
        own.createAll();
        sql.update("INSERT INTO " + own.sql(NameTable.NAME) + " (" + DuckSql.names(NameTable.COLUMNS.names())
                + ") VALUES (" + Literals.list(NameTable.row(table, name, runId)) + ")");
    }
}
