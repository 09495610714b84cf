package io.headworks.duckdb.compile;

import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;

/**
 * How a row of the input, {@code i}, finds its row of another dataset, {@code d}, and never two.
 *
 * @param gathered a SELECT of the rows that can be found
 * @param join what stands before their name: the kind of join
 * @param on its condition
 * @param found true or false: whether a row has found one
 * @param many true where more than one fits, which stops the run
 * @param complaint about that, as arguments of concat()
 * @param nothing says that none was found, as arguments of concat()
 */
record Match(String gathered, String join, String on, String found, String many, String complaint, String nothing) {
    private static final String COUNT = DuckSql.name("_hw_matches");

    /** By the keys alone. */
    static Match byKeys(Sought sought) {
        return byKeys(
                sought,
                sought.other().rows().sql(),
                "' rows match ', " + sought.shownKeys(),
                sought.cannot() + ", 'no row has ', " + sought.shownKeys());
    }

    /** By the keys, among the versions that hold at one moment. */
    static Match at(Sought sought, Versions versions, String moment) {
        String rows = "SELECT * FROM (\n" + sought.other().rows().sql() + "\n) AS v\nWHERE " + versions.from("v")
                + " <= " + moment + " AND " + moment + " < " + versions.until("v");
        return byKeys(
                sought,
                rows,
                "' versions hold now for ', " + sought.shownKeys(),
                sought.cannot() + ", 'no version holds now for ', " + sought.shownKeys());
    }

    private static Match byKeys(Sought sought, String rows, String many, String nothing) {
        List<String> items = new ArrayList<>();
        sought.keys().forEach(key -> items.add(DuckSql.name(key)));
        items.addAll(sought.gatheredColumns());
        items.add("count(*) AS " + COUNT);
        return new Match(
                "SELECT " + String.join(", ", items) + "\nFROM (\n" + rows + "\n) AS d\nGROUP BY "
                        + DuckSql.names(sought.keys()),
                "LEFT JOIN",
                sought.sameKeys(),
                "d." + COUNT + " IS NOT NULL",
                "d." + COUNT + " > 1",
                sought.cannot() + ", d." + COUNT + ", " + many,
                nothing);
    }

    /**
     * By the keys, and the latest version that begins at or before a time, if it has not ended by then. An earlier one
     * that has not ended by then either is a second match.
     *
     * @param time of the row, as a naive timestamp in UTC
     * @param shownTime {@code placed_at = '…'}, as arguments of concat()
     */
    static Match asOf(Sought sought, Versions versions, String time, String shownTime) {
        String keys = DuckSql.names(sought.keys());
        String from = DuckSql.name("_hw_from");
        String until = DuckSql.name("_hw_until");
        String earlier = DuckSql.name("_hw_earlier");
        List<String> items = new ArrayList<>(List.of(keys));
        items.addAll(sought.gatheredColumns());
        items.add(versions.from("v") + " AS " + from);
        items.add("max(" + versions.until("v") + ") AS " + until);
        items.add("count(*) AS " + COUNT);
        String begun = "SELECT " + String.join(", ", items) + "\nFROM (\n"
                + sought.other().rows().sql()
                + "\n) AS v\nGROUP BY " + keys + ", " + versions.from("v");
        String gathered = "SELECT *, max(" + until + ") OVER (PARTITION BY " + keys + " ORDER BY " + from
                + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS " + earlier + "\nFROM (\n" + begun
                + "\n) AS b";
        String holds = "coalesce(" + time + " < d." + until + ", false)";
        return new Match(
                gathered,
                "ASOF LEFT JOIN",
                sought.sameKeys() + " AND " + time + " >= d." + from,
                holds,
                time + " < d." + earlier + " OR " + holds + " AND d." + COUNT + " > 1",
                sought.cannot() + ", 'versions overlap at ', " + shownTime + ", ' for ', " + sought.shownKeys(),
                sought.cannot() + ", 'no version holds at ', " + shownTime + ", ' for ', " + sought.shownKeys());
    }
}
