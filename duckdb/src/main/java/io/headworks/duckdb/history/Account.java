package io.headworks.duckdb.history;

import io.headworks.api.engine.Relation;
import io.headworks.api.history.Outcome;
import io.headworks.api.history.Outcome.Versions;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;

/** What a batch did, counted in its rows, in keys and in versions. */
final class Account {
    private final Layout layout;
    private final Scratch scratch;
    private final String before;
    private final Difference difference;
    private final Evidence evidence;

    /** @param before the stored rows of the keys concerned */
    Account(Layout layout, Scratch scratch, String before, Difference difference, Evidence evidence) {
        this.layout = layout;
        this.scratch = scratch;
        this.before = before;
        this.difference = difference;
        this.evidence = evidence;
    }

    /** @param looked rows of the batch that were not set aside */
    Outcome outcome(BatchRows batch, Winners winners, long looked, Relation merged) {
        boolean versions = layout.history().keepsVersions();
        String begun = scratch.keep("begun", versions ? begun() : newKeys());
        String standing = scratch.keep("standing_rows", standing(begun));
        long opening = effects(standing, "opens");
        long changing = effects(standing, "changes");
        long same = effects(standing, "same");
        long old = effects(standing, "old");
        return new Outcome(
                merged,
                touched(),
                batch.staged(),
                opening,
                changing,
                batch.staged() - looked + same + evidence.repeated(),
                winners.superseded() + evidence.stale() + old,
                changedKeys(),
                closedKeys(),
                versions ? versions(begun) : new Versions(0, 0, 0, 0, 0));
    }

    private Relation touched() {
        return new Relation(
                "SELECT " + layout.keys("k") + " FROM " + difference.touched() + " AS k",
                new Schema(layout.table().keys()),
                List.of());
    }

    /** Versions that begin where none did; {@code moved} when they are an old one that begins earlier now. */
    private String begun() {
        String sameBegin = layout.sameKey("n", "o") + " AND " + layout.from("n") + " = " + layout.from("o");
        String covers = layout.sameKey("n", "o") + " AND " + layout.from("o") + " > " + layout.from("n") + " AND ("
                + layout.to("n") + " IS NULL OR " + layout.from("o") + " < " + layout.to("n") + ") AND "
                + layout.values("o") + " IS NOT DISTINCT FROM " + layout.values("n");
        return "SELECT " + layout.keys("n") + ", " + layout.from("n") + " AS f, EXISTS (SELECT 1 FROM " + before
                + " AS o WHERE " + covers + ") AS moved FROM " + difference.rows() + " AS n ANTI JOIN " + before
                + " AS o ON " + sameBegin;
    }

    private String newKeys() {
        return "SELECT " + layout.keys("n") + ", CAST(NULL AS TIMESTAMP) AS f, false AS moved FROM " + difference.rows()
                + " AS n ANTI JOIN " + before + " AS o ON " + layout.sameKey("n", "o");
    }

    /** Of each row of the batch that stands: what it did. */
    private String standing(String begun) {
        boolean versions = layout.history().keepsVersions();
        String atBegin = versions ? " AND g.f = b." + Layout.TIME + " AND NOT g.moved" : " AND b.is_latest";
        String isEnd = versions
                ? "EXISTS (SELECT 1 FROM " + difference.rows() + " AS n WHERE " + layout.sameKey("n", "b") + " AND b."
                        + Layout.TIME + " IN (" + layout.from("n") + ", "
                        + layout.confirmedOr("n", layout.from("n")) + "))"
                : "b.is_latest";
        return "SELECT CASE WHEN g.f IS NOT NULL OR g.is_new THEN 'opens' WHEN k.is_touched AND " + isEnd
                + " THEN 'changes' WHEN " + (versions ? "true" : "b.is_latest")
                + " THEN 'same' ELSE 'old' END AS effect"
                + " FROM (SELECT b.*, row_number() OVER (PARTITION BY " + layout.keys("b") + " ORDER BY b."
                + Layout.TIME
                + " DESC) = 1" + afterStored() + " AS is_latest FROM " + evidence.batch() + " AS b WHERE b."
                + Layout.KIND
                + " = " + Layout.VALUE + ") AS b LEFT JOIN (SELECT *, true AS is_new FROM " + begun + ") AS g ON "
                + layout.sameKey("b", "g") + atBegin + " LEFT JOIN (SELECT *, true AS is_touched FROM "
                + difference.touched() + ") AS k ON " + layout.sameKey("b", "k");
    }

    private String afterStored() {
        return layout.history().keepsVersions() || !layout.table().isTimed()
                ? ""
                : " AND NOT EXISTS (SELECT 1 FROM " + before + " AS o WHERE " + layout.sameKey("o", "b") + " AND "
                        + Layout.confirmed("o") + " > b." + Layout.TIME + ")";
    }

    private long effects(String standing, String effect) {
        return scratch.count(standing + " WHERE effect = " + DuckSql.text(effect));
    }

    private long changedKeys() {
        return scratch.count("(SELECT 1 FROM " + difference.touched() + " AS k SEMI JOIN " + before + " AS o ON "
                + layout.sameKey("k", "o") + ")");
    }

    private long closedKeys() {
        return scratch.count("(SELECT 1 FROM " + before + " AS o ANTI JOIN (SELECT * FROM " + difference.rows()
                + " AS n WHERE " + layout.isLive("n") + ") AS n ON " + layout.sameKey("o", "n") + " WHERE "
                + layout.isLive("o") + ")");
    }

    private Versions versions(String begun) {
        long moved = scratch.count(begun + " WHERE moved");
        long opened = scratch.count(begun + " WHERE NOT moved");
        String sameBegin = layout.sameKey("n", "o") + " AND " + layout.from("n") + " = " + layout.from("o");
        long ended = scratch.count("(SELECT 1 FROM " + before + " AS o JOIN " + difference.rows() + " AS n ON "
                + sameBegin + " WHERE " + layout.isOpen(layout.to("o")) + " AND NOT ("
                + layout.isOpen(layout.to("n")) + "))");
        long gone = scratch.count(
                "(SELECT 1 FROM " + before + " AS o ANTI JOIN " + difference.rows() + " AS n ON " + sameBegin + ")");
        long split = layout.table().isTimed()
                ? scratch.count("(SELECT 1 FROM " + before + " AS o SEMI JOIN " + begun + " AS g ON "
                        + layout.sameKey("o", "g") + " AND g.f > " + layout.from("o") + " AND g.f < "
                        + Layout.confirmed("o") + ")")
                : 0;
        return new Versions(opened, ended, split, moved, Math.max(0, gone - moved));
    }
}
