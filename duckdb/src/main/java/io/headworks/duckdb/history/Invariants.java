package io.headworks.duckdb.history;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.HistoryTable;
import io.headworks.duckdb.sql.DuckSql;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that hold for the stored rows of every key that a load touched. One that is broken stops the load. */
final class Invariants {
    private final Layout layout;
    private final Scratch scratch;
    private final Difference difference;

    Invariants(Layout layout, Scratch scratch, Difference difference) {
        this.layout = layout;
        this.scratch = scratch;
        this.difference = difference;
    }

    void prove(Relation stored, @Nullable Relation sameSurrogates) {
        String rows = scratch.keep(
                "stored_now",
                "SELECT s.* FROM (" + stored.sql() + ") AS s SEMI JOIN " + difference.touched() + " AS k ON "
                        + layout.sameKey("s", "k"));
        Map<String, String> broken = layout.history().keepsVersions() ? ofVersions(rows) : ofRows(rows);
        broken.forEach((rule, from) -> refuse(rule, scratch.count(from)));
        if (sameSurrogates != null) {
            proveSurrogates(sameSurrogates);
        }
    }

    private Map<String, String> ofRows(String rows) {
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put(
                "a key has more than one row",
                "(SELECT 1 FROM " + rows + " AS s GROUP BY " + layout.keys("s") + " HAVING count(*) > 1)");
        broken.put("rows are not those worked out", unlike(rows, "true"));
        return broken;
    }

    private Map<String, String> ofVersions(String rows) {
        String to = layout.to("s");
        String from = layout.from("s");
        String window = "WINDOW w AS (PARTITION BY " + layout.keys("s") + " ORDER BY " + from + ")";
        String next = "(SELECT s.*, lead(" + from + ") OVER w AS next_from, lead(" + layout.values("s")
                + ") OVER w AS next_values, " + layout.values("s") + " AS own_values"
                + (layout.history().marks() ? ", lead(" + layout.mark("s") + ") OVER w AS next_mark" : "") + " FROM "
                + rows + " AS s " + window + ") AS s WHERE ";
        boolean closes = layout.history().deletes() == Deletes.CLOSE;
        String sameMark = layout.history().deletes() == Deletes.NEW_RECORD
                ? layout.mark("s") + " IS NOT DISTINCT FROM s.next_mark"
                : "true";
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put(
                "two versions of a key begin at the same time",
                "(SELECT 1 FROM " + rows + " AS s GROUP BY " + layout.keys("s") + ", " + from
                        + " HAVING count(*) > 1)");
        broken.put("a version ends before it begins", rows + " AS s WHERE " + from + " >= " + to);
        broken.put(
                "versions of a key overlap",
                next + "s.next_from IS NOT NULL AND (" + to + " IS NULL OR " + to + " > s.next_from)");
        if (!closes) {
            broken.put(
                    "there is a gap between versions of a key, and nothing closes it",
                    next + to + " < s.next_from OR s.next_from IS NULL AND NOT coalesce(" + layout.isOpen(to)
                            + ", false)");
        }
        broken.put(
                "neighbouring versions of a key are the same",
                next + to + " = s.next_from AND " + sameMark + " AND s.own_values IS NOT DISTINCT FROM s.next_values");
        String current = layout.history().names().current();
        if (current != null) {
            broken.put(
                    "the mark of the current version is wrong",
                    rows + " AS s WHERE s." + DuckSql.name(current) + " IS DISTINCT FROM coalesce(" + layout.isOpen(to)
                            + ", false)");
        }
        broken.put(
                "versions are not those worked out",
                unlike(
                        rows,
                        from + " = " + layout.from("n") + " AND " + to + " IS NOT DISTINCT FROM " + layout.to("n")));
        return broken;
    }

    /** Rows of which only one of the two sides knows. */
    private String unlike(String rows, String same) {
        String kept = "(SELECT n.* FROM " + difference.rows() + " AS n SEMI JOIN " + difference.touched() + " AS k ON "
                + layout.sameKey("n", "k") + ")";
        String on = layout.sameKey("s", "n") + " AND " + same;
        return "(SELECT 1 FROM " + rows + " AS s ANTI JOIN " + kept + " AS n ON " + on + " UNION ALL SELECT 1 FROM "
                + kept + " AS n ANTI JOIN " + rows + " AS s ON " + on + ")";
    }

    private void proveSurrogates(Relation stored) {
        String name = DuckSql.name(String.valueOf(layout.history().names().surrogate()));
        String from = layout.history().keepsVersions() ? ", " + layout.from("s") : "";
        String all = "(SELECT s.* FROM (" + stored.sql() + ") AS s SEMI JOIN " + difference.merged() + " AS m ON s."
                + name + " = m." + name + ") AS s";
        long reserved = scratch.count(all + " WHERE s." + name + " = " + HistoryTable.UNKNOWN);
        long shared = scratch.count("(SELECT 1 FROM " + all + " GROUP BY s." + name + " HAVING count(DISTINCT ("
                + layout.keys("s") + from + ")) > 1)");
        if (reserved + shared > 0) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot publish " + layout.table().load().table() + ": two versions would have the same surrogate "
                            + layout.history().names().surrogate() + ", or that of the unknown member ("
                            + HistoryTable.UNKNOWN + ")",
                    "take the surrogate out of scd.names and join by merge_keys and time, and tell us: that is one"
                            + " chance in many millions");
        }
    }

    private void refuse(String rule, long rows) {
        if (rows > 0) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot publish " + layout.table().load().table() + ": after the load " + rule + " (" + rows
                            + " times); nothing is kept");
        }
    }
}
