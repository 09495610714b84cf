package io.headworks.duckdb.history;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A batch with a time and a kind for each row. A deletion that does not say when is an absence, noticed at arrival.
 *
 * @param from what follows FROM, without alias
 * @param all the same with the rows that are left out, whose keys are not absent
 * @param staged rows that are not deletions and not left out
 */
record BatchRows(Layout layout, LoadRequest request, String from, String all, long staged) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /** @param unplaced takes rows without a place in time; null where they are refused */
    static BatchRows of(Layout layout, LoadRequest request, Scratch scratch, @Nullable Unplaced unplaced) {
        String select = select(layout, request);
        if (unplaced != null) {
            String all = scratch.keep("arrived", select);
            BatchRows arrived = new BatchRows(layout, request, all, all, 0);
            arrived.requireKeys(scratch);
            String from = unplaced.takeFrom(arrived);
            return new BatchRows(layout, request, from, all, arrived.with(from).values(scratch));
        }
        String from = request.materialised() ? "(" + select + ")" : scratch.keep("batch", select);
        BatchRows rows = new BatchRows(layout, request, from, from, 0);
        rows.requireKeys(scratch);
        rows.requireTimes(scratch);
        return new BatchRows(layout, request, from, from, rows.values(scratch));
    }

    private BatchRows with(String other) {
        return new BatchRows(layout, request, other, all, staged);
    }

    /** The time of arrival as a literal. */
    static String arrival(Instant loadedAt) {
        return "TIMESTAMP '" + MICROS.format(loadedAt) + "'";
    }

    private static String select(Layout layout, LoadRequest request) {
        boolean carriesOp = request.batch().carries(HiddenColumns.OP);
        String deletion = carriesOp ? "coalesce(r." + DuckSql.name(HiddenColumns.OP) + " = 'delete', false)" : "false";
        Field validAt = layout.validAt();
        String time = validAt == null
                ? arrival(request.loadedAt())
                : Layout.instant("r." + Layout.name(validAt), validAt.type());
        String kind = "CASE WHEN NOT " + deletion + " THEN " + Layout.VALUE + " WHEN " + time + " IS NULL THEN "
                + Layout.ABSENCE + " ELSE " + Layout.DELETION + " END";
        String traces = Unplaced.traces(request.batch()).stream()
                .map(name -> ", r." + DuckSql.name(name))
                .collect(Collectors.joining());
        return "SELECT " + Layout.list("r", layout.table().batch().fields()) + traces + ", " + time + " AS "
                + Layout.TIME + ", "
                + kind + " AS " + Layout.KIND + " FROM (" + request.batch().sql() + ") AS r"
                + (layout.history().deletes() == Deletes.IGNORE ? " WHERE NOT " + deletion : "");
    }

    private long values(Scratch scratch) {
        return scratch.count(from + " AS b WHERE b." + Layout.KIND + " = " + Layout.VALUE);
    }

    private void requireKeys(Scratch scratch) {
        String noKey = layout.table().keys().stream()
                .map(key -> "b." + Layout.name(key) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        refuse(scratch, noKey, "NULL in key column " + String.join(", ", keyNames()));
    }

    private void requireTimes(Scratch scratch) {
        refuse(scratch, noTime(), noTimeText() + ", and nobody knows when it was so");
        refuse(scratch, badTime(), badTimeText());
    }

    /** True of a row {@code b} that does not say when it was so. */
    String noTime() {
        return "(b." + Layout.KIND + " = " + Layout.VALUE + " AND b." + Layout.TIME + " IS NULL)";
    }

    String noTimeText() {
        return "NULL in valid_at column '" + layout.history().validAt() + "'";
    }

    /** True of a row {@code b} that says a time out of reach. */
    String badTime() {
        String time = "b." + Layout.TIME;
        return "coalesce(NOT isfinite(" + time + ") OR " + time + " < TIMESTAMP '0001-01-03 00:00:00' OR " + time
                + " >= " + end() + ", false)";
    }

    String badTimeText() {
        return "a valid_at that no interval can begin at (allowed: from 0001-01-03 to before " + endText() + ")";
    }

    private String end() {
        return layout.history().openEnd() == null ? "TIMESTAMP '9999-12-31 00:00:00'" : layout.openEnd();
    }

    private String endText() {
        return layout.history().openEnd() == null
                ? "9999-12-31"
                : layout.history().openEnd().toString();
    }

    private List<String> keyNames() {
        return layout.table().keys().stream().map(key -> "'" + key.name() + "'").toList();
    }

    private void refuse(Scratch scratch, String condition, String what) {
        long rows = scratch.count(from + " AS b WHERE " + condition);
        if (rows > 0) {
            throw refused(
                    rows + (rows == 1 ? " row has " : " rows have ") + what + " (for example: "
                            + example(scratch, from + " AS b WHERE " + condition) + ")",
                    "correct the source, or keep such rows out: a pre_load check not_null with"
                            + " error_handling.strategy: dead-letter");
        }
    }

    HeadworksException refused(String why, String hint) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot merge into " + request.load().table() + " with its history: " + why, hint);
    }

    /** {@code column=value, …} of one row {@code b}, the same one every time. */
    String example(Scratch scratch, String from) {
        String text = layout.table().batch().fields().stream()
                .map(field -> DuckSql.text(field.name() + "=") + " || coalesce(CAST(b." + Layout.name(field)
                        + " AS VARCHAR), 'NULL')")
                .collect(Collectors.joining(" || ', ' || "));
        return scratch.sql()
                .query("SELECT min(" + text + ") FROM " + from, row -> String.valueOf(row.getString(1)))
                .get(0);
    }
}
