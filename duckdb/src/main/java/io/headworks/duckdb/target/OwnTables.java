package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.name.NameTable;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.Looks;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ledger, fence, dead letters and names in schema {@code headworks} of one attached file: their DDL and their version. Looks at
 * the catalogue once: made anew for every use.
 */
final class OwnTables {
    private static final Map<String, Schema> COLUMNS = columns();
    private static final Map<String, List<String>> KEYS = Map.of(
            LedgerTables.LEDGER,
            LedgerTables.LEDGER_KEY,
            LedgerTables.FENCE,
            List.of("dataset"),
            NameTable.NAME,
            NameTable.KEY);

    private final SqlRunner sql;
    private final String catalog;
    private final TableCatalog tables;
    private final @Nullable Looks looks;
    private @Nullable Map<String, List<String>> columnsThere;

    OwnTables(SqlRunner sql, String catalog) {
        this(sql, catalog, null);
    }

    /** @param looks in which they may be remembered; null to look now */
    OwnTables(SqlRunner sql, String catalog, @Nullable Looks looks) {
        this.sql = sql;
        this.catalog = catalog;
        this.looks = looks;
        this.tables = new TableCatalog(sql, catalog);
    }

    private static Map<String, Schema> columns() {
        Map<String, Schema> columns = new LinkedHashMap<>();
        columns.put(LedgerTables.LEDGER, LedgerTables.LEDGER_COLUMNS);
        columns.put(LedgerTables.FENCE, LedgerTables.FENCE_COLUMNS);
        columns.put(LedgerTables.DEAD_LETTER, LedgerTables.DEAD_LETTER_COLUMNS);
        columns.put(NameTable.NAME, NameTable.COLUMNS);
        return columns;
    }

    String sql(String table) {
        return DuckSql.table(catalog, new TableName(LedgerTables.SCHEMA, table));
    }

    /**
     * True when a table of ours is there and can be understood.
     *
     * @throws HeadworksException when a newer program wrote the ledger
     */
    boolean has(String table) {
        return columnsThere().containsKey(table);
    }

    private Map<String, List<String>> columnsThere() {
        Map<String, List<String>> known = columnsThere;
        if (known == null) {
            known = looks == null ? look() : looks.seen("our tables", this::look);
            columnsThere = known;
        }
        return known;
    }

    private Map<String, List<String>> look() {
        Map<String, List<String>> there = tables.ownColumns();
        if (there.containsKey(LedgerTables.LEDGER)) {
            refuseNewer();
        }
        return there;
    }

    /** The columns to read: those this program knows, NULL in place of those an older program did not write. */
    String selectList(String table) {
        List<String> present = columnsThere().getOrDefault(table, List.of());
        return known(table).fields().stream()
                .map(field -> present.contains(field.name())
                        ? DuckSql.name(field.name())
                        : "CAST(NULL AS " + DuckTypes.spelling(field.type()) + ") AS " + DuckSql.name(field.name()))
                .collect(Collectors.joining(", "));
    }

    /** Creates what is missing of what every load needs, and adds the columns that an older program did not know. */
    void create() {
        create(tables.ownColumns(), false);
    }

    /** The same, and the place of names with them. */
    void createAll() {
        create(tables.ownColumns(), true);
        columnsThere = null;
    }

    private void create(Map<String, List<String>> there, boolean names) {
        for (Map.Entry<String, Schema> own : COLUMNS.entrySet()) {
            List<String> present = there.getOrDefault(own.getKey(), List.of());
            if (present.isEmpty()) {
                if (own.getKey().equals(NameTable.NAME) && !names) {
                    continue;
                }
                sql.execute("CREATE SCHEMA IF NOT EXISTS " + DuckSql.name(catalog) + "."
                        + DuckSql.name(LedgerTables.SCHEMA));
                sql.execute(createTable(sql(own.getKey()), own.getKey()));
                continue;
            }
            for (Field field : own.getValue().fields()) {
                if (!present.contains(field.name())) {
                    sql.execute("ALTER TABLE " + sql(own.getKey()) + " ADD COLUMN " + DuckSql.name(field.name()) + " "
                            + DuckTypes.spelling(field.type()));
                }
            }
        }
        refuseNewer();
    }

    private void refuseNewer() {
        long newest = sql.number("SELECT coalesce(max(ledger_version), 0) FROM " + sql(LedgerTables.LEDGER));
        if (newest > LedgerRow.VERSION) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the ledger in " + catalog + ": it has version " + newest
                            + " (this program knows up to " + LedgerRow.VERSION + ")",
                    "Use the newer program that wrote it.");
        }
    }

    /** DDL for a person who creates our tables by hand. */
    static List<String> ddl() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + DuckSql.name(LedgerTables.SCHEMA));
        COLUMNS.keySet()
                .forEach(table ->
                        statements.add(createTable(DuckSql.name(LedgerTables.SCHEMA) + "." + DuckSql.name(table), table)
                                .replaceFirst("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")));
        return statements;
    }

    private static Schema known(String table) {
        Schema columns = COLUMNS.get(table);
        if (columns == null) {
            throw new IllegalArgumentException("Cannot find " + table + ": not a table of ours");
        }
        return columns;
    }

    private static String createTable(String name, String table) {
        String columns = known(table).fields().stream()
                .map(field -> DuckSql.name(field.name()) + " " + DuckTypes.spelling(field.type())
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        List<String> key = KEYS.getOrDefault(table, List.of());
        String primaryKey = key.isEmpty() ? "" : ", PRIMARY KEY (" + DuckSql.names(key) + ")";
        return "CREATE TABLE " + name + " (" + columns + primaryKey + ")";
    }
}
