package io.headworks.duckdb.history;

import io.headworks.api.load.History.Deletes;

/**
 * Observations become versions: neighbours in time that say the same are one, which remembers the first and the last of
 * them.
 */
final class Timeline {
    private final Layout layout;
    private final Scratch scratch;

    Timeline(Layout layout, Scratch scratch) {
        this.layout = layout;
        this.scratch = scratch;
    }

    /**
     * The versions of each key: {@code f, t_to, conf, deleted_at, dead}, values and order.
     *
     * @param evidence see {@link Evidence}
     */
    String versions(String evidence) {
        String islands = scratch.keep("islands", islands(evidence));
        return scratch.keep(
                "versions",
                switch (layout.history().deletes()) {
                    case IGNORE -> plain(islands, "CAST(NULL AS TIMESTAMP)", "false", "");
                    case CLOSE -> closing(islands);
                    case NEW_RECORD -> recording(islands);
                    case MARK -> marking(islands, evidence);
                });
    }

    private String islands(String evidence) {
        String key = layout.keys("e");
        String isDead = "e." + Layout.KIND + " <> " + Layout.VALUE;
        String onlyValues = layout.history().deletes() == Deletes.MARK ? " WHERE NOT (" + isDead + ")" : "";
        String starts = "CASE WHEN row_number() OVER w = 1 OR (" + isDead + ") <> (lag(" + isDead + ") OVER w) OR NOT ("
                + isDead + ") AND e." + Layout.VALUES + " IS DISTINCT FROM lag(e." + Layout.VALUES
                + ") OVER w THEN 1 ELSE 0 END";
        return "SELECT " + key + ", min(e." + Layout.TIME + ") AS f, CASE WHEN first(e." + Layout.KIND + ") = "
                + Layout.VALUE + " THEN max(e." + Layout.TIME + ") ELSE min(e." + Layout.TIME + ") END AS conf, first("
                + isDead + ") AS dead, arg_min(e." + Layout.KIND + ", e." + Layout.TIME + ") AS kind, first(e."
                + Layout.VALUES + ") AS " + Layout.VALUES + ", CASE WHEN first(" + isDead + ") THEN " + orderOfEnd()
                + " ELSE last(e." + Layout.ORDER + " ORDER BY e." + Layout.TIME + ") END AS " + Layout.ORDER
                + " FROM (SELECT e.*, sum(e.starts) OVER (PARTITION BY "
                + key
                + " ORDER BY e." + Layout.TIME + " ROWS UNBOUNDED PRECEDING) AS island FROM (SELECT e.*, " + starts
                + " AS starts FROM " + evidence + " AS e" + onlyValues + " WINDOW w AS (PARTITION BY " + key
                + " ORDER BY e." + Layout.TIME + ")) AS e) AS e GROUP BY " + key + ", e.island";
    }

    /**
     * Of several deletions in a row the first says when. Where nothing but their order says what is older, the last that
     * tells it does: a row between the two must not bring the key back.
     */
    private String orderOfEnd() {
        String inTime = "e." + Layout.ORDER + " ORDER BY e." + Layout.TIME;
        return layout.table().isTimed() || layout.table().order().isEmpty()
                ? "first(" + inTime + ")"
                : "last(" + inTime + ") FILTER (" + layout.isTold("e." + Layout.ORDER) + ")";
    }

    private String window(String alias) {
        return " WINDOW w AS (PARTITION BY " + layout.keys(alias) + " ORDER BY " + alias + ".f)";
    }

    /** The columns of every version. */
    private String row(String deletedAt, String dead, String values, String order) {
        return "SELECT " + layout.keys("i") + ", i.f, coalesce(lead(i.f) OVER w, " + layout.openEnd()
                + ") AS t_to, i.conf, " + deletedAt + " AS deleted_at, " + dead + " AS dead, " + values + " AS "
                + Layout.VALUES + ", " + order + " AS " + Layout.ORDER;
    }

    private String plain(String islands, String deletedAt, String dead, String joined) {
        return row(deletedAt, dead, "i." + Layout.VALUES, "i." + Layout.ORDER) + " FROM " + islands + " AS i" + joined
                + window("i");
    }

    private String closing(String islands) {
        String isClosed = "coalesce(lead(i.dead) OVER w, false)";
        String deletedAt = "CASE WHEN " + isClosed + " AND lead(i.kind) OVER w = " + Layout.DELETION
                + " THEN lead(i.f) OVER w END";
        String order = layout.table().isTimed() || layout.table().order().isEmpty()
                ? "i." + Layout.ORDER
                : "CASE WHEN " + isClosed + " AND "
                        + layout.newer("(lead(i." + Layout.ORDER + ") OVER w)", "i." + Layout.ORDER) + " THEN lead(i."
                        + Layout.ORDER + ") OVER w ELSE i." + Layout.ORDER + " END";
        return "SELECT * EXCLUDE (was_dead) FROM (" + row(deletedAt, "false", "i." + Layout.VALUES, order)
                + ", i.dead AS was_dead FROM " + islands + " AS i" + window("i") + ") AS v WHERE NOT was_dead";
    }

    /** A deletion is a version of its own, with the values of the one before, and its order where it tells none. */
    private String recording(String islands) {
        String carried = "last_value(i." + Layout.VALUES + " IGNORE NULLS) OVER (PARTITION BY " + layout.keys("i")
                + " ORDER BY i.f ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
        String order = layout.table().isTimed() || layout.table().order().isEmpty()
                ? "i." + Layout.ORDER
                : "CASE WHEN i.dead AND NOT (" + layout.isTold("i." + Layout.ORDER) + ") THEN lag(i." + Layout.ORDER
                        + ") OVER w ELSE i." + Layout.ORDER + " END";
        return "SELECT * FROM ("
                + row("CASE WHEN i.kind = " + Layout.DELETION + " THEN i.f END", "i.dead", carried, order)
                + " FROM " + islands + " AS i" + window("i") + ") AS v WHERE " + Layout.VALUES + " IS NOT NULL";
    }

    /** Whether the last thing known of a key is its end is said on its last version. */
    private String marking(String islands, String evidence) {
        String ends = "SELECT " + layout.keys("e") + ", min(e." + Layout.TIME + ") AS ended, arg_min(e." + Layout.KIND
                + ", e." + Layout.TIME + ") AS ended_by, " + orderOfEnd()
                + " AS ended_order FROM (SELECT e.*, max(CASE WHEN e." + Layout.KIND + " = " + Layout.VALUE
                + " THEN e." + Layout.TIME + " END) OVER (PARTITION BY " + layout.keys("e") + ") AS alive FROM "
                + evidence + " AS e) AS e WHERE e." + Layout.KIND + " <> " + Layout.VALUE + " AND e." + Layout.TIME
                + " > e.alive GROUP BY ALL";
        String isLast = "lead(i.f) OVER w IS NULL";
        String order = layout.table().isTimed() || layout.table().order().isEmpty()
                ? "i." + Layout.ORDER
                : "CASE WHEN " + isLast + " AND " + layout.newer("z.ended_order", "i." + Layout.ORDER)
                        + " THEN z.ended_order ELSE i." + Layout.ORDER + " END";
        return row(
                        "CASE WHEN " + isLast + " AND z.ended_by = " + Layout.DELETION + " THEN z.ended END",
                        "(" + isLast + " AND z.ended IS NOT NULL)",
                        "i." + Layout.VALUES,
                        order)
                + " FROM " + islands + " AS i LEFT JOIN (" + ends + ") AS z ON " + layout.sameKey("i", "z")
                + window("i");
    }
}
