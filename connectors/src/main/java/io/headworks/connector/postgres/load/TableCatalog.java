package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables as they are loaded: their columns by the types that are stored, a domain by what it is made of. */
final class TableCatalog {
    private static final String COLUMNS = """
            SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid),
                     CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END),
                   a.attnotnull, a.attgenerated <> '' OR a.attidentity = 'a',
                   CASE WHEN co.collisdeterministic THEN NULL
                        ELSE quote_ident(cn.nspname) || '.' || quote_ident(co.collname) END,
                   t.typtype = 'e'
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
            LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";

    private static final String KEY = """
            SELECT a.attname FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
            WHERE i.indrelid = ? AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)""";

    private final Statements sql;
    private final PostgresSpelling spelling;

    TableCatalog(Statements sql, PostgresSpelling spelling) {
        this.sql = sql;
        this.spelling = spelling;
    }

    Optional<TargetTable> find(TableName name) {
        List<Relation> found = sql.query(
                "SELECT c.oid, c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
                        + " c.relnamespace WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
                row -> new Relation(row.getLong(1), row.getString(2)),
                spelling.schema(name),
                spelling.names().fitted(name.table()));
        if (found.isEmpty()) {
            return Optional.empty();
        } else if (!List.of("r", "p").contains(found.get(0).kind())) {
            throw TargetTable.isView(name);
        }
        long oid = found.get(0).oid();
        return Optional.of(new TargetTable(
                name,
                spelling.table(name),
                "ctid",
                sql.query(COLUMNS, this::column, oid),
                sql.query(KEY, row -> row.getString(1), oid)));
    }

    private record Relation(long oid, String kind) {}

    private TargetColumn column(ResultSet row) throws SQLException {
        String name = row.getString(1);
        String declared = row.getString(2);
        @Nullable String collation = row.getString(5);
        return new TargetColumn(
                name,
                '"' + name.replace("\"", "\"\"") + '"',
                declared,
                row.getBoolean(6) ? PostgresTypes.ENUM : PostgresTypes.parse(declared),
                row.getBoolean(3),
                row.getBoolean(4),
                collation);
    }

    /** Tables of the user's that can be written. */
    List<TableName> tables() {
        return sql.query(
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
                        + " c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
                        + " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'headworks')"
                        + " AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2",
                row -> new TableName(spelling.isUsual(row.getString(1)) ? null : row.getString(1), row.getString(2)));
    }
}
