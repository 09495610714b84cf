package io.headworks.connector.postgres.source;

import io.headworks.api.source.KeyRange;
import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.session.PostgresSql;
import io.headworks.connector.postgres.source.Outline.Origin;
import io.headworks.connector.postgres.source.Outline.Relation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column by which rows are cut into ranges, at values that the server's statistics know. These say where about the same
 * number of rows lies on each side; every row is in exactly one range, however wrong they are. NULL is in the first one.
 *
 * @param values ascending, as the server prints them
 */
record CutKey(StoredColumn column, List<String> values) {
    private static final Set<String> CUT = Set.of("int2", "int4", "int8", "uuid", "date", "timestamp", "timestamptz");

    CutKey {
        values = List.copyOf(values);
    }

    /** The key of an incremental extract, else the first of a table's primary key, else the first column of a table. */
    static Optional<CutKey> of(Connection session, ExtractSelect select, @Nullable KeyRange keys, Outline outline)
            throws SQLException {
        StoredTable table = select.table();
        if (table != null && table.kind() != 'v' && table.kind() != 'f') {
            return ofTable(session, select, table, keys);
        }
        List<StoredColumn> columns = select.columns();
        for (int place = 0; place < columns.size(); place++) {
            Origin origin = outline.origin(place);
            Optional<CutKey> key = origin == null
                    ? Optional.empty()
                    : of(session, columns.get(place), origin.relation(), origin.column(), null);
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    private static Optional<CutKey> ofTable(
            Connection session, ExtractSelect select, StoredTable table, @Nullable KeyRange keys) throws SQLException {
        Relation relation = new Relation(table.schema(), table.name());
        KeyRange goesOn = keys != null && keys.from() != null ? keys : null;
        if (goesOn == null && table.primaryKey().isEmpty()) {
            return Optional.empty();
        }
        StoredColumn column = select.column(goesOn == null ? table.primaryKey().get(0) : goesOn.column());
        return of(session, column, relation, column.name(), goesOn);
    }

    private static Optional<CutKey> of(
            Connection session, StoredColumn column, Relation relation, String stored, @Nullable KeyRange within)
            throws SQLException {
        if (!column.type().builtin() || !CUT.contains(column.type().name())) {
            return Optional.empty();
        }
        String condition = within == null ? "TRUE" : KeyCondition.of(within, "b", column.type());
        String bounds = "SELECT b::text FROM (SELECT unnest(histogram_bounds::text::"
                + column.type().name()
                + "[]) AS b FROM (SELECT histogram_bounds FROM pg_catalog.pg_stats WHERE schemaname = ? AND tablename = ?"
                + " AND attname = ? ORDER BY inherited DESC LIMIT 1) AS s) AS v WHERE " + condition + " ORDER BY b";
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(bounds)) {
            statement.setString(1, relation.schema());
            statement.setString(2, relation.name());
            statement.setString(3, stored);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
        }
        return values.size() < 3 ? Optional.empty() : Optional.of(new CutKey(column, values));
    }

    /** Conditions, of which every row fulfils exactly one. */
    List<String> ranges(int wanted) {
        List<String> cuts = new ArrayList<>();
        for (int i = 1; i < wanted; i++) {
            String cut = values.get(i * (values.size() - 1) / wanted);
            if (!cuts.contains(cut)) {
                cuts.add(cut);
            }
        }
        String name = PostgresSql.name(column.name());
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            String from = i == 0 ? "" : name + " >= " + literal(cuts.get(i - 1));
            String to = i == cuts.size() ? "" : name + " < " + literal(cuts.get(i));
            String both = from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to;
            ranges.add("(" + both + (i == 0 && !column.notNull() ? " OR " + name + " IS NULL" : "") + ")");
        }
        return ranges;
    }

    private String literal(String value) {
        return "CAST(" + PostgresSql.text(value) + " AS " + column.type().spelling() + ")";
    }
}
