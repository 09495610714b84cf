package io.headworks.connector.postgres.source;

import io.headworks.api.source.KeyRange;
import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table from a position on, by the index on their key. NULL and infinity are asked for apart: a condition with
 * these beside the range is answered by a bitmap, which forgets the places of rows when there are many, and then reads all
 * rows of their pages.
 */
final class NewRows {
    private static final Set<String> WHOLE = Set.of("int2", "int4", "int8");
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz");
    private static final String DATE = "date";
    private static final String INFINITIES = " IN ('infinity', '-infinity')";

    private final Connection session;
    private final ExtractSelect select;
    private final KeyRange keys;
    private final StoredColumn column;
    private final String name;

    private NewRows(Connection session, ExtractSelect select, KeyRange keys, StoredColumn column) {
        this.session = session;
        this.select = select;
        this.keys = keys;
        this.column = column;
        this.name = PostgresSql.name(column.name());
    }

    /** Empty where the key has no index that the server would use, or is of a type that is not cut. */
    static Optional<NewRows> of(Connection session, ExtractSelect select, KeyRange keys) throws SQLException {
        StoredTable table = select.table();
        if (table == null || table.kind() == 'v' || table.kind() == 'f' || keys.from() == null) {
            return Optional.empty();
        }
        StoredColumn column = select.column(keys.column());
        String type = column.type().name();
        boolean even = WHOLE.contains(type) || TIMES.contains(type) || type.equals(DATE);
        if (!column.type().builtin() || !even || keys.type().isText()) {
            return Optional.empty();
        }
        NewRows rows = new NewRows(session, select, keys, column);
        Outline largest = Outline.of(session, rows.extreme(table, "max", literal(column, String.valueOf(keys.from()))));
        boolean byIndex =
                largest.steps().stream().anyMatch(step -> step.startsWith("Index")) && !largest.readsWholeTable();
        return byIndex ? Optional.of(rows) : Optional.empty();
    }

    /**
     * As many as changed since the server last counted, by its counters: it takes positions beyond its statistics for next to
     * none.
     */
    long changes(StoredTable table) throws SQLException {
        String changes = Snapshot.text(session, "SELECT pg_stat_get_mod_since_analyze(" + table.oid() + ")");
        return changes == null ? 0 : Long.parseLong(changes);
    }

    /** Each row is in exactly one of these. */
    List<String> selects(StoredTable table, int wanted) throws SQLException {
        List<String> bounds = new ArrayList<>();
        bounds.add(literal(String.valueOf(keys.from())));
        bounds.addAll(cuts(table, wanted));
        List<String> selects = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            String to = i + 1 < bounds.size() ? bounds.get(i + 1) : end();
            selects.add(select.sql(null, inside(bounds.get(i), to)));
        }
        String others = others();
        if (others != null) {
            selects.add(selects.remove(selects.size() - 1) + " UNION ALL " + select.sql(null, others));
        }
        return selects;
    }

    private List<String> cuts(StoredTable table, int wanted) throws SQLException {
        String from = literal(String.valueOf(keys.from()));
        List<String> cuts = new ArrayList<>();
        if (wanted < 2) {
            return cuts;
        }
        // nothing may have come for long after the position
        String sql = "SELECT cut::text FROM (SELECT DISTINCT (" + even("first", "last", wanted) + ")::"
                + column.type().name() + " AS cut FROM (" + extreme(table, "min", from) + ") AS a (first), ("
                + extreme(table, "max", from) + ") AS b (last), generate_series(1, " + (wanted - 1)
                + ") AS i) AS c WHERE cut > " + from + " ORDER BY cut";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                cuts.add(literal(row.getString(1)));
            }
        }
        return cuts;
    }

    private String even(String from, String to, int parts) {
        if (WHOLE.contains(column.type().name())) {
            return "trunc(" + from + "::numeric + (" + to + "::numeric - " + from + "::numeric) * i / " + parts + ")";
        }
        boolean date = column.type().name().equals(DATE);
        String share = date ? " * i / " + parts : " * (i / " + parts + "::float8)";
        return from + " + (" + to + " - " + from + ")" + share;
    }

    private String extreme(StoredTable table, String function, String after) {
        return "SELECT " + function + "(" + name + ") FROM " + PostgresSql.name(table.schema()) + "."
                + PostgresSql.name(table.name()) + " WHERE " + name + " > " + after
                + (end() == null ? "" : " AND " + name + " < " + end());
    }

    private String inside(String from, @Nullable String to) {
        return name + " >= " + from + (to == null ? "" : " AND " + name + " < " + to);
    }

    private @Nullable String end() {
        if (keys.to() != null) {
            return literal(keys.to());
        }
        return keys.type().isTime() ? literal("infinity") : null;
    }

    /** What a range has none of, and {@link KeyCondition} asks for. */
    private @Nullable String others() {
        boolean nulls = keys.includeNulls() && !column.notNull();
        if (!keys.type().isTime()) {
            return nulls ? name + " IS NULL" : null;
        }
        return nulls ? "(" + name + INFINITIES + " OR " + name + " IS NULL)" : name + INFINITIES;
    }

    private String literal(String value) {
        return literal(column, value);
    }

    private static String literal(StoredColumn column, String value) {
        return "CAST(" + PostgresSql.text(value) + " AS " + column.type().spelling() + ")";
    }
}
