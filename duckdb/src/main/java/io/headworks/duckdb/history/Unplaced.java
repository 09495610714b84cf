package io.headworks.duckdb.history;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.history.Outcome;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a batch of which nobody can tell when they were so, with the reason of each: they are left out. */
final class Unplaced {
    private static final String WHY = DuckSql.name("_hw_why");

    private final Layout layout;
    private final Relation batch;
    private final Scratch scratch;
    private final List<String> tables = new ArrayList<>();
    private long late;
    private long superseded;

    Unplaced(Layout layout, Relation batch, Scratch scratch) {
        this.layout = layout;
        this.batch = batch;
        this.scratch = scratch;
    }

    /** The hidden columns by which a row is found again in what was first staged. */
    static List<String> traces(Relation batch) {
        return Stream.of(HiddenColumns.SEQ, HiddenColumns.SOURCE)
                .filter(batch::carries)
                .toList();
    }

    /** Takes out rows without a time, with one out of reach, and all of a key and time of which nothing says the newest. */
    String takeFrom(BatchRows arrived) {
        String placed = "(SELECT * FROM " + arrived.from() + " AS b WHERE NOT " + arrived.noTime() + " AND NOT "
                + arrived.badTime() + ")";
        String undecided = scratch.keep(
                "undecided",
                "SELECT " + layout.keys("b") + ", b." + Layout.TIME + " FROM (" + Winners.newest(layout, placed)
                        + ") AS b GROUP BY ALL HAVING count(*) > 1");
        String judged = scratch.keep(
                "reasons",
                "SELECT b.*, CASE WHEN " + arrived.noTime() + " THEN " + reason(arrived.noTimeText()) + " WHEN "
                        + arrived.badTime() + " THEN " + reason(arrived.badTimeText()) + " WHEN u.is_undecided THEN "
                        + reason("another row of its keys and time differs, and load.order_by does not say which is"
                                + " newer")
                        + " END AS " + WHY + " FROM " + arrived.from()
                        + " AS b LEFT JOIN (SELECT *, true AS is_undecided FROM " + undecided + ") AS u ON "
                        + layout.sameKey("b", "u") + " AND b." + Layout.TIME + " = u." + Layout.TIME);
        boolean none = leave("unplaced", judged + " AS b WHERE b." + WHY + " IS NOT NULL", "b." + WHY) == 0;
        return none
                ? arrived.from()
                : scratch.keep("batch", "SELECT * EXCLUDE (" + WHY + ") FROM " + judged + " WHERE " + WHY + " IS NULL");
    }

    /**
     * Takes out all rows of a key and time of which one contradicts what is stored.
     *
     * @param from the batch, counted already
     * @param contradicting one row for each such key and time
     */
    void contradict(String from, String contradicting) {
        String values = " AS b WHERE b." + Layout.KIND + " = " + Layout.VALUE;
        long winners = scratch.count("(SELECT * FROM " + contradicting + ")" + values);
        String rows = "(SELECT b.* FROM " + from + " AS b SEMI JOIN " + contradicting + " AS c ON "
                + layout.sameKey("b", "c") + " AND b." + Layout.TIME + " = c." + Layout.TIME + ")";
        leave(
                "contradicting",
                rows + " AS b",
                reason("it contradicts what is stored of the very same valid_at, and load.order_by does not say which"
                        + " is newer"));
        late = scratch.count(rows + values);
        superseded = late - winners;
    }

    private long leave(String name, String rows, String reason) {
        String columns = Stream.concat(layout.table().batch().names().stream(), traces(batch).stream())
                .map(column -> "b." + DuckSql.name(column))
                .collect(Collectors.joining(", "));
        String table = scratch.leave(
                name,
                "SELECT " + columns + ", " + reason + " AS " + DuckSql.name(HiddenColumns.REASON) + " FROM " + rows);
        long count = scratch.count(table);
        if (count > 0) {
            tables.add(table);
        }
        return count;
    }

    private String reason(String why) {
        String validAt = layout.history().validAt();
        return DuckSql.text("valid-at\t" + (validAt == null ? "order_by" : "valid_at(" + validAt + ")")
                + "\tCannot tell when the row was so: " + why);
    }

    @Nullable
    Relation rows() {
        if (tables.isEmpty()) {
            return null;
        }
        List<String> hidden = new ArrayList<>(traces(batch));
        hidden.add(HiddenColumns.REASON);
        return new Relation(
                tables.stream().map(table -> "SELECT * FROM " + table).collect(Collectors.joining(" UNION ALL ")),
                layout.table().batch(),
                hidden);
    }

    /** What a batch did without the rows that were found when it was counted already. */
    Outcome leftOutOf(Outcome outcome) {
        return outcome.without(late, superseded);
    }
}
