package io.headworks.duckdb.history;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.LoadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the keys of a batch as observations, one at a time: of each stored version its beginning, its
 * confirmation and what ended it; of the batch its rows; of a snapshot what is absent from it.
 *
 * @param table of observations: key, time, kind, source (0 stored, 1 batch), values, order
 * @param batch the rows of the batch that stand in it, at the time they count for
 * @param stale rows of the batch older than what is there; deletions apart
 * @param repeated rows of the batch that say what is known of their time; deletions apart
 */
record Evidence(String table, String batch, long stale, long repeated) {
    /** Before every time that a batch may have. */
    private static final String BEGINNING = "TIMESTAMP '0001-01-02 00:00:00'";

    private static final String TICK = "INTERVAL 1 MICROSECOND";

    /** When a stored row begins; where there are no versions, before every time. */
    static String start(Layout layout, String alias) {
        return layout.history().keepsVersions() ? layout.from(alias) : layout.confirmedOr(alias, BEGINNING);
    }

    /** @param unplaced takes rows that contradict stored ones; null where they are refused */
    static Evidence of(
            Layout layout,
            BatchRows batch,
            StoredKeys stored,
            String winners,
            @Nullable Unplaced unplaced,
            Scratch scratch) {
        return new Gathering(layout, batch, stored, winners, unplaced, scratch).gather();
    }

    /**
     * The stored side.
     *
     * @param rows with the columns of the table
     * @param last one of each key; see {@link StoredRows#keepLast}
     * @param absent keys that the batch says are gone
     */
    record StoredKeys(StoredRows table, String rows, String last, String absent) {}

    private static final class Gathering {
        private final Layout layout;
        private final LoadRequest request;
        private final StoredKeys stored;
        private final String winners;
        private final BatchRows batch;
        private final @Nullable Unplaced unplaced;
        private final Scratch scratch;
        private final boolean moves;

        Gathering(
                Layout layout,
                BatchRows batch,
                StoredKeys stored,
                String winners,
                @Nullable Unplaced unplaced,
                Scratch scratch) {
            this.layout = layout;
            this.request = batch.request();
            this.batch = batch;
            this.unplaced = unplaced;
            this.stored = stored;
            this.winners = winners;
            this.scratch = scratch;
            this.moves = layout.history().deletes() == Deletes.CLOSE
                    || layout.history().deletes() == Deletes.NEW_RECORD;
        }

        Evidence gather() {
            String placed = placed();
            String known = scratch.keep("known", known());
            String judged = judged(placed, known);
            refuseContradictions(judged);
            long stale = values(judged, "stale");
            long repeated = values(judged, "repeated");
            String standing =
                    scratch.keep("standing", "SELECT * EXCLUDE (fate) FROM " + judged + " WHERE fate = 'stands'");
            String key = layout.keys("x");
            String all = scratch.keep(
                    "evidence",
                    "SELECT " + layout.keys("y") + ", y." + Layout.TIME + ", y." + Layout.KIND + ", 0 AS "
                            + Layout.SOURCE + ", y." + Layout.VALUES + ", y." + Layout.ORDER + " FROM " + known
                            + " AS y ANTI JOIN " + standing + " AS x ON " + layout.sameKey("x", "y") + " AND x."
                            + Layout.TIME + " = y." + Layout.TIME + withoutUndone(standing)
                            + " UNION ALL SELECT " + key + ", x." + Layout.TIME + ", x." + Layout.KIND
                            + ", 1, CASE WHEN x."
                            + Layout.KIND + " = " + Layout.VALUE + " THEN " + layout.values("x") + " END, "
                            + layout.order("x") + " FROM " + standing + " AS x" + absences(standing));
            return new Evidence(all, standing, stale, repeated);
        }

        private long values(String judged, String fate) {
            return scratch.count(judged + " WHERE fate = '" + fate + "' AND " + Layout.KIND + " = " + Layout.VALUE);
        }

        /** Rows of the batch in the table's types, at the time they count for. */
        private String placed() {
            Layout l = layout;
            String columns = l.table().batch().fields().stream()
                    .map(field -> stored.table().cast("w", field) + " AS " + Layout.name(field))
                    .collect(Collectors.joining(", "));
            return scratch.keep(
                    "placed",
                    "SELECT " + columns + ", " + time() + " AS " + Layout.TIME + ", w." + Layout.KIND
                            + ", coalesce(w.newest AND w." + Layout.KIND + " = " + Layout.VALUE + " AND " + comesBack()
                            + ", false) AS comes_back FROM (SELECT w.*, row_number() OVER (PARTITION BY "
                            + l.keys("w") + " ORDER BY w." + Layout.TIME + " DESC) = 1 AS newest FROM " + winners
                            + " AS w WHERE w." + Layout.KIND + " <> " + Layout.ABSENCE + ") AS w LEFT JOIN "
                            + stored.last() + " AS l ON " + l.sameKey("w", "l"));
        }

        private String time() {
            String own = "w." + Layout.TIME;
            if (!layout.table().isTimed()) {
                return "greatest(" + own + ", l.last_t + " + TICK + ")";
            }
            return moves
                    ? "CASE WHEN w.newest AND w." + Layout.KIND + " = " + Layout.VALUE + " AND coalesce(" + comesBack()
                            + ", false) THEN greatest(" + own + ", l.closed_t) ELSE " + own + " END"
                    : own;
        }

        /**
         * After an absence every row brings the key back, after a deletion only presence in a snapshot does. Without
         * times nobody remembers which of the two it was: the order of the row decides.
         */
        private String comesBack() {
            if (request.kind() == BatchKind.SNAPSHOT) {
                return "l.closing IS NOT NULL";
            }
            return layout.table().isTimed() ? "l.closing = " + Layout.ABSENCE : "false";
        }

        private String known() {
            List<String> parts = new ArrayList<>();
            String rows = stored.rows() + " AS o";
            String select = "SELECT " + layout.keys("o") + ", ";
            String start = start(layout, "o");
            String confirmed = layout.confirmedOr("o", start);
            String values = layout.values("o");
            String order = layout.order("o");
            String isDead = layout.history().deletes() == Deletes.NEW_RECORD
                    ? layout.mark("o") + " IS NOT DISTINCT FROM true"
                    : "false";
            parts.add(select + start + " AS " + Layout.TIME + ", " + Layout.VALUE + " AS " + Layout.KIND + ", " + values
                    + " AS " + Layout.VALUES + ", CASE WHEN " + confirmed + " <= " + start + " THEN " + order
                    + " END AS " + Layout.ORDER + ", " + confirmed + " <= " + start + " AS at_confirmation FROM " + rows
                    + " WHERE NOT (" + isDead + ")");
            parts.add(select + confirmed + ", " + Layout.VALUE + ", " + values + ", " + order + ", true FROM " + rows
                    + " WHERE " + confirmed + " > " + start + " AND NOT (" + isDead + ")");
            parts.addAll(closings(select, rows, isDead));
            return String.join(" UNION ALL ", parts);
        }

        private List<String> closings(String select, String rows, String isDead) {
            String nothing = "NULL, NULL, true FROM ";
            String kind = layout.table().remembersDeletions()
                    ? "CASE WHEN " + Layout.deletedAt("o") + " IS NULL THEN " + Layout.ABSENCE + " ELSE "
                            + Layout.DELETION + " END"
                    : Integer.toString(Layout.ABSENCE);
            return switch (layout.history().deletes()) {
                case IGNORE -> List.of();
                case NEW_RECORD ->
                    List.of(select + layout.from("o") + ", " + kind + ", NULL, " + layout.order("o") + ", true FROM "
                            + rows + " WHERE " + isDead);
                case CLOSE ->
                    List.of(select + layout.to("o") + ", " + kind + ", " + nothing + "(SELECT o.*, lead("
                            + layout.from("o") + ") OVER (PARTITION BY " + layout.keys("o") + " ORDER BY "
                            + layout.from("o") + ") AS next_from FROM " + rows + ") AS o WHERE NOT ("
                            + layout.isOpen(layout.to("o")) + ") AND o.next_from IS DISTINCT FROM " + layout.to("o"));
                case MARK ->
                    List.of("SELECT " + layout.keys("l") + ", coalesce(l.closed_t, l.last_t + " + TICK
                            + "), l.closing, " + nothing + stored.last() + " AS l WHERE l.closing IS NOT NULL");
            };
        }

        /** What a row of the batch means beside what is known of the very same time. */
        private String judged(String placed, String known) {
            String sameOthers = Layout.same(
                    layout.content().stream()
                            .filter(field -> !layout.table().versioned().contains(field))
                            .toList(),
                    "x",
                    "l");
            String isLatest = "y." + Layout.TIME + " = l.alive_t AND y.at_confirmation";
            String sameVersion = layout.values("x") + " IS NOT DISTINCT FROM y." + Layout.VALUES;
            String isSame = sameVersion + " AND (NOT coalesce(" + isLatest + ", false) OR " + sameOthers + ")";
            // of a key that was deleted the latest values may be those of a row that the deletion took
            String cannotTell = "x." + Layout.KIND + " = " + Layout.VALUE + " AND " + sameVersion + " AND " + isLatest
                    + " AND l.closing = " + Layout.DELETION;
            String fate = "CASE WHEN " + tooOld() + " THEN 'stale' WHEN y." + Layout.KIND + " IS NULL THEN 'stands'"
                    + " WHEN y." + Layout.KIND + " = " + Layout.ABSENCE + " THEN 'stands' WHEN y." + Layout.KIND + " = "
                    + Layout.DELETION + " THEN CASE WHEN x." + Layout.KIND + " = " + Layout.VALUE
                    + " THEN 'stands' ELSE 'repeated' END WHEN x." + Layout.KIND + " = " + Layout.VALUE + " AND "
                    + isSame + " THEN 'repeated' WHEN y.at_confirmation AND " + layout.newer("x", "y." + Layout.ORDER)
                    + " THEN 'stands' WHEN y.at_confirmation AND " + layout.newer("y." + Layout.ORDER, "x")
                    + " THEN 'stale' WHEN " + cannotTell + " THEN 'repeated' ELSE 'contradicts' END";
            return scratch.keep(
                    "judged",
                    "SELECT x.*, " + fate + " AS fate FROM " + placed + " AS x LEFT JOIN " + stored.last()
                            + " AS l ON " + layout.sameKey("x", "l") + " LEFT JOIN " + known + " AS y ON "
                            + layout.sameKey("x", "y") + " AND x." + Layout.TIME + " = y." + Layout.TIME);
        }

        /** Without business time the order of rows says which is older. */
        private String tooOld() {
            if (layout.table().isTimed() || layout.table().order().isEmpty()) {
                return "false";
            }
            return "l.last_t IS NOT NULL AND NOT x.comes_back AND " + layout.newer("l", "x") + " AND (x." + Layout.KIND
                    + " = " + Layout.VALUE + " OR " + layout.isTold("x") + ")";
        }

        private void refuseContradictions(String judged) {
            String some = judged + " AS b WHERE fate = 'contradicts'";
            long rows = scratch.count(some);
            if (rows > 0 && unplaced != null) {
                unplaced.contradict(batch.from(), "(SELECT * FROM " + some + ")");
            } else if (rows > 0) {
                throw batch.refused(
                        rows + (rows == 1 ? " row contradicts" : " rows contradict")
                                + " what is stored of the very same valid_at (for example: "
                                + batch.example(scratch, some) + ")",
                        "name in load.order_by a column that says which of two rows is newer, or correct the source");
            }
        }

        /** A mark has no place of its own on the line of time: it goes when the key comes back. */
        private String withoutUndone(String standing) {
            return layout.history().deletes() == Deletes.MARK
                    ? " ANTI JOIN (SELECT * FROM " + standing + " WHERE comes_back) AS z ON " + layout.sameKey("z", "y")
                            + " AND y." + Layout.KIND + " <> " + Layout.VALUE
                    : "";
        }

        private String absences(String standing) {
            return " UNION ALL SELECT " + layout.keys("l") + ", greatest(" + BatchRows.arrival(request.loadedAt())
                    + ", l.last_t + " + TICK + "), " + Layout.ABSENCE + ", 1, NULL, NULL FROM " + stored.last()
                    + " AS l SEMI JOIN " + stored.absent() + " AS a ON " + layout.sameKey("l", "a") + " ANTI JOIN "
                    + standing + " AS x ON " + layout.sameKey("l", "x") + " AND x." + Layout.KIND + " = "
                    + Layout.VALUE + " WHERE l.closing IS NULL";
        }
    }
}
