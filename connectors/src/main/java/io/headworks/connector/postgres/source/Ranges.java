package io.headworks.connector.postgres.source;

import io.headworks.api.source.KeyRange;
import io.headworks.connector.postgres.catalog.StoredTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an extract is cut into ranges that sessions of one snapshot read side by side: by pages where a table is read whole,
 * by a key where that costs the server little more than reading once, else not at all.
 */
final class Ranges {
    private static final List<String> ALL = List.of("");
    private static final int MOST = 8;
    /** Fewer are read sooner than other sessions are opened. */
    private static final double WORTHWHILE = 100_000;

    /** How much more the server may do for several ranges than for one. */
    private static final double MORE = 1.5;

    private final Snapshot snapshot;
    private final ExtractSelect select;
    private final @Nullable KeyRange keys;

    Ranges(Snapshot snapshot, ExtractSelect select, @Nullable KeyRange keys) {
        this.snapshot = snapshot;
        this.select = select;
        this.keys = keys;
    }

    static int count() {
        return Math.max(2, Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    /** A SELECT for each range. */
    List<String> selects() throws SQLException {
        StoredTable table = select.table();
        boolean small = table != null && table.hasPages() && table.pages() < PageRanges.WORTHWHILE;
        if (table != null && keys != null && keys.from() != null && !small) {
            Optional<NewRows> rows = NewRows.of(snapshot.holder(), select, keys);
            Outline whole = outline("");
            if (rows.isPresent() && whole.isSteady() && !whole.readsWholeTable()) {
                double expected = Math.max(whole.rows(), rows.get().changes(table));
                return rows.get().selects(table, expected < WORTHWHILE ? 1 : count());
            }
        }
        return conditions(table, small).stream()
                .map(condition -> select.sql(keys, condition))
                .toList();
    }

    /** A condition for each range; an empty one where there is but one. */
    private List<String> conditions(@Nullable StoredTable table, boolean small) throws SQLException {
        List<String> pages = PageRanges.of(table, snapshot.version());
        boolean goesOn = keys != null && keys.from() != null;
        if (pages.size() > 1 && !goesOn) {
            return pages;
        } else if (small) {
            return ALL;
        }
        Outline whole = outline("");
        if (whole.rows() < WORTHWHILE) {
            return ALL;
        } else if (pages.size() > 1 && whole.readsWholeTable()) {
            return pages;
        }
        return whole.isSteady() ? byKey(whole) : ALL;
    }

    private List<String> byKey(Outline whole) throws SQLException {
        Optional<CutKey> key = CutKey.of(snapshot.holder(), select, keys, whole);
        if (key.isEmpty()) {
            return ALL;
        }
        List<String> ranges = key.get().ranges(count());
        double effort = 0;
        for (String range : ranges) {
            Outline part = outline(range);
            effort += part.effort();
            if (!part.isSteady() || effort > whole.effort() * MORE) {
                return ALL;
            }
        }
        return ranges;
    }

    private Outline outline(String condition) throws SQLException {
        return Outline.of(snapshot.holder(), select.sql(keys, condition));
    }
}
