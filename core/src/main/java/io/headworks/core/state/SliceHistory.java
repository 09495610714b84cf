package io.headworks.core.state;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.slice.LoadedRange;
import io.headworks.core.slice.LoadedRanges.Total;
import io.headworks.core.slice.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reader: which parts of a dataset are loaded, by which definition, and which failed. */
public final class SliceHistory {
    private static final String OF_DATASET = " where environment = ? and pipeline = ? and dataset = ?";

    private final StateDatabase state;

    public SliceHistory(StateDatabase state) {
        this.state = state;
    }

    /**
     * Ranges that are loaded; none overlaps another.
     *
     * @param zone where the pipeline's days begin
     */
    public List<LoadedRange> loaded(LedgerKey key, ZoneId zone) {
        return state
                .query(
                        "select range_from, range_to, definition, run_id, slices, rows from slice_loaded" + OF_DATASET,
                        row -> loaded(row, zone),
                        key.environment(),
                        key.pipeline(),
                        key.dataset())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LoadedRange> loaded(ResultSet row, ZoneId zone) throws SQLException {
        String definition = row.getString(3);
        String run = row.getString(4);
        Long slices = number(row, 5);
        Long rows = number(row, 6);
        return Slice.read(row.getString(1), row.getString(2), zone)
                .map(range -> new LoadedRange(range, definition, run, slices, rows));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(number);
    }

    /** Ranges whose last run failed; they may overlap. */
    public List<Slice> failed(LedgerKey key, ZoneId zone) {
        return slices("select range_from, range_to from slice_failed" + OF_DATASET, zone, key);
    }

    /** Slices that a run committed whose id stands behind this one. */
    public List<Slice> loadedSince(LedgerKey key, String id, ZoneId zone) {
        return slices("select slice_from, slice_to from slice" + OF_DATASET + " and run_id > ?", zone, key, id);
    }

    private List<Slice> slices(String select, ZoneId zone, LedgerKey key, Object... more) {
        Object[] values = new Object[3 + more.length];
        values[0] = key.environment();
        values[1] = key.pipeline();
        values[2] = key.dataset();
        System.arraycopy(more, 0, values, 3, more.length);
        return state.query(select, row -> Slice.read(row.getString(1), row.getString(2), zone), values).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What the loads within a part brought; null when one lies there only in part. */
    @Nullable
    Total totals(LedgerKey key, Slice part) {
        List<Load> loads = state
                .query(
                        "select slice_from, slice_to, rows from slice" + OF_DATASET,
                        row -> new Load(
                                Slice.read(row.getString(1), row.getString(2), ZoneOffset.UTC)
                                        .orElse(null),
                                row.getLong(3)),
                        key.environment(),
                        key.pipeline(),
                        key.dataset())
                .stream()
                .filter(load -> load.slice() != null && load.slice().overlaps(part))
                .toList();
        boolean whole = loads.stream().allMatch(load -> load.slice() != null && part.contains(load.slice()));
        return whole
                ? new Total(loads.size(), loads.stream().mapToLong(Load::rows).sum())
                : null;
    }

    private record Load(@Nullable Slice slice, long rows) {}
}
