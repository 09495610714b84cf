package io.headworks.duckdb.history;

import io.headworks.api.type.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row for each key and time: the newest by order_by.
 *
 * @param superseded rows that are not deletions whose place another took
 */
record Winners(String table, long superseded) {

    static Winners of(Layout layout, BatchRows batch, String rows, Scratch scratch) {
        String values = " WHERE b." + Layout.KIND + " = " + Layout.VALUE;
        String winners = scratch.keep("winners", newest(layout, rows));
        refuseUndecided(layout, batch, winners, scratch);
        long superseded = scratch.count(rows + " AS b" + values) - scratch.count(winners + " AS b" + values);
        return new Winners(winners, superseded);
    }

    private static String place(Layout layout) {
        return layout.keys("b") + ", b." + Layout.TIME;
    }

    /** The newest rows of each key and time, those that are the same once: more than one where nothing decides. */
    static String newest(Layout layout, String rows) {
        String place = place(layout);
        String newestFirst = layout.table().order().stream()
                .map(field -> "b." + Layout.name(field) + " DESC NULLS LAST")
                .collect(Collectors.joining(", "));
        String content = Stream.concat(
                        Stream.of("b." + Layout.KIND),
                        layout.content().stream()
                                .map(field -> "CASE WHEN b." + Layout.KIND + " = " + Layout.VALUE + " THEN b."
                                        + Layout.name(field) + " END"))
                .collect(Collectors.joining(", "));
        String ranked = newestFirst.isEmpty()
                ? rows + " AS b"
                : "(SELECT b.* FROM " + rows + " AS b QUALIFY rank() OVER (PARTITION BY " + place + " ORDER BY "
                        + newestFirst + ") = 1) AS b";
        return "SELECT DISTINCT ON (" + place + ", " + content + ") b.* FROM " + ranked;
    }

    private static void refuseUndecided(Layout layout, BatchRows batch, String winners, Scratch scratch) {
        String undecided = "(SELECT b.* FROM " + winners + " AS b QUALIFY count(*) OVER (PARTITION BY " + place(layout)
                + ") > 1) AS b";
        long many = scratch.count(undecided);
        if (many > 0) {
            List<String> order =
                    layout.table().order().stream().map(Field::name).toList();
            String time = layout.history().validAt() == null ? "in one batch" : "with one valid_at";
            throw batch.refused(
                    many + " rows of the same keys " + time + " differ and "
                            + (order.isEmpty()
                                    ? "nothing says which came last"
                                    : "are equal in order_by (" + String.join(", ", order) + ")")
                            + " (for example: " + batch.example(scratch, undecided) + ")",
                    "name in load.order_by a column that says which of two rows is newer");
        }
    }
}
