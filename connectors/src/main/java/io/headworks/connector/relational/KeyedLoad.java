package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Spelling.Assignment;
import java.util.ArrayList;
import java.util.List;

/**
 * Upsert, merge and soft-delete: one join finds what each row of the batch means to the table, then rows are deleted,
 * updated in place and inserted.
 */
final class KeyedLoad {
    private static final String MATCHES = "hw_tmp_match";

    /** What a row of the batch means to the row of the table with its key. */
    private enum Verdict {
        NONE,
        DELETE,
        STALE,
        SAME,
        UPDATE,
        /** The batch is a snapshot and lacks the row. */
        ABSENT
    }

    private final LoadWork work;
    private final List<Pair> keys;
    private final List<Pair> orderBy;
    private final RowKey row;

    KeyedLoad(LoadWork work) {
        this.work = work;
        this.keys = work.columns().keys();
        this.orderBy = work.columns().orderBy();
        this.row = work.rowKey();
    }

    Written apply() {
        if (keys.isEmpty()) {
            throw work.notAllowed("merge_keys are missing");
        }
        if (ignoresDeletions()) {
            work.sql().execute("DELETE FROM " + work.batchTable() + " WHERE hw_deletion");
        }
        KeyedBatch batch = KeyedBatch.of(work);
        match();
        refuseRepeated();
        addAbsent();
        long updated = count(Verdict.UPDATE);
        long deleted = count(Verdict.DELETE) + count(Verdict.ABSENT);
        judge(deleted, updated);
        work.touched()
                .without("SELECT m.batch_row AS hw_row FROM " + matches()
                        + " AS m WHERE m.batch_row IS NOT NULL AND m.verdict <> "
                        + Verdict.UPDATE.ordinal());
        boolean marks = work.columns().markName() != null;
        if (marks) {
            work.touched()
                    .marking("SELECT " + row.names() + " FROM " + matches() + " AS m WHERE "
                            + verdictIn(Verdict.DELETE, Verdict.ABSENT));
        }
        expect(deleted, marks ? mark() : delete(), "deleted");
        expect(updated, update(), "updated");
        long matched = updated + count(Verdict.SAME) + count(Verdict.STALE);
        long inserted = work.insert("NOT EXISTS (SELECT 1 FROM " + matches() + " AS m WHERE m.batch_row = b.hw_row)");
        expect(batch.upserts() - matched, inserted, "inserted");
        Written written = new Written(
                batch.staged(),
                inserted,
                updated,
                count(Verdict.SAME),
                count(Verdict.STALE) + batch.superseded(),
                deleted,
                marks ? deleted : 0);
        work.dropTemporary(MATCHES);
        return written;
    }

    private boolean ignoresDeletions() {
        return work.load().strategy() == Strategy.UPSERT
                || work.load().strategy() == Strategy.MERGE && work.load().deletes() == Deletes.IGNORE;
    }

    private void match() {
        work.dropTemporary(MATCHES);
        List<WorkColumn> columns = new ArrayList<>(row.columns());
        columns.add(new WorkColumn("batch_row", "BIGINT", true));
        columns.add(new WorkColumn("verdict", "INTEGER", false));
        work.spelling()
                .createTemporary(
                        MATCHES,
                        columns,
                        "SELECT " + row.select() + ", b.hw_row AS batch_row, " + verdict()
                                + " AS verdict FROM " + work.from() + " JOIN " + work.batch() + " ON "
                                + Compare.sameKey(keys))
                .forEach(work.sql()::execute);
        work.measured(matches());
    }

    private String verdict() {
        String tableNewer = work.compare().newer(orderBy, "t", "b");
        String batchNewer = work.compare().newer(orderBy, "b", "t");
        String same = work.compare().same(work.columns().data());
        return "CASE WHEN b.hw_deletion THEN CASE WHEN " + isMarked() + " OR (" + isOrdered() + " AND " + tableNewer
                + ") THEN " + Verdict.NONE.ordinal() + " ELSE " + Verdict.DELETE.ordinal() + " END WHEN " + tableNewer
                + " THEN " + Verdict.STALE.ordinal() + " WHEN " + isMarked() + " OR " + batchNewer + " OR NOT " + same
                + " THEN " + Verdict.UPDATE.ordinal() + " ELSE " + Verdict.SAME.ordinal() + " END";
    }

    private String isMarked() {
        String mark = work.columns().markName();
        return mark == null ? "false" : "(t." + mark + " IS NOT NULL AND t." + mark + ")";
    }

    /** A deletion that does not say when is never too old. */
    private String isOrdered() {
        StringBuilder ordered = new StringBuilder("(false");
        orderBy.forEach(column -> ordered.append(" OR ").append(column.in("b")).append(" IS NOT NULL"));
        return ordered.append(')').toString();
    }

    private void refuseRepeated() {
        String repeated = "(SELECT b.* FROM " + work.batch() + " WHERE b.hw_row IN (SELECT batch_row FROM " + matches()
                + " GROUP BY batch_row HAVING count(*) > 1)) AS b";
        long many = work.sql().number("SELECT count(*) FROM " + repeated);
        if (many > 0) {
            throw work.refused(many + (many == 1 ? " key of the batch is" : " keys of the batch are")
                    + " in the table more than once (for example: " + work.example(keys, repeated)
                    + "); merge_keys must tell its rows apart");
        }
    }

    private void addAbsent() {
        if (work.request().kind() != BatchKind.SNAPSHOT || ignoresDeletions()) {
            return;
        }
        Slice slice = work.request().slice();
        String range = slice == null ? "true" : work.slice(slice).contains("t");
        work.sql()
                .execute("INSERT INTO " + matches() + " (" + row.names() + ", verdict) SELECT " + row.select() + ", "
                        + Verdict.ABSENT.ordinal() + " FROM " + work.from() + " WHERE " + range + " AND NOT "
                        + isMarked()
                        + " AND NOT EXISTS (SELECT 1 FROM " + work.batch() + " WHERE " + Compare.sameKey(keys) + ")");
    }

    private long count(Verdict verdict) {
        return work.sql().number("SELECT count(*) FROM " + matches() + " WHERE verdict = " + verdict.ordinal());
    }

    private void judge(long deleted, long updated) {
        if (!ChangeBreaker.mayStop(work.load().breaker(), deleted, updated)) {
            return;
        }
        long live = work.columns().markName() != null
                ? work.sql().number("SELECT count(*) FROM " + work.from() + " WHERE NOT " + isMarked())
                : work.rowsBefore();
        ChangeBreaker breaker = new ChangeBreaker(work.load(), live);
        breaker.deleted(deleted);
        breaker.changed(updated);
    }

    private String matches() {
        return work.spelling().temporary(MATCHES);
    }

    private static String verdictIn(Verdict... verdicts) {
        List<String> numbers = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            numbers.add(Integer.toString(verdict.ordinal()));
        }
        return "m.verdict IN (" + String.join(", ", numbers) + ")";
    }

    private String matched(Verdict... verdicts) {
        return row.isKept(work.spelling(), matches(), verdictIn(verdicts));
    }

    private long delete() {
        return work.deleteWhere(matched(Verdict.DELETE, Verdict.ABSENT));
    }

    /**
     * Marks rows. A deletion that says when leaves that in the order columns, so that an older row does not bring the key
     * back.
     */
    private long mark() {
        List<Assignment> sets = assignments(true, List.of());
        long absent = work.sql().write(work.spelling().update(work.table().sql(), sets, null, matched(Verdict.ABSENT)));
        List<Assignment> dated = new ArrayList<>(sets);
        String newer = work.compare().newer(orderBy, "b", "t");
        orderBy.forEach(column -> dated.add(new Assignment(
                column.name(), "CASE WHEN " + newer + " THEN " + column.in("b") + " ELSE " + column.in("t") + " END")));
        return absent + updateFromBatch(dated, Verdict.DELETE);
    }

    private long update() {
        return updateFromBatch(assignments(false, work.columns().data()), Verdict.UPDATE);
    }

    private List<Assignment> assignments(boolean marked, List<Pair> data) {
        List<String> names = work.columns().written();
        List<String> others = work.columns().others(marked);
        List<Assignment> sets = new ArrayList<>();
        data.forEach(pair -> sets.add(new Assignment(pair.name(), pair.in("b"))));
        int first = names.size() - others.size();
        for (int i = 0; i < others.size(); i++) {
            sets.add(new Assignment(names.get(first + i), others.get(i)));
        }
        return sets;
    }

    private long updateFromBatch(List<Assignment> sets, Verdict verdict) {
        return work.sql()
                .write(work.spelling()
                        .update(
                                work.table().sql(),
                                sets,
                                matches() + " AS m JOIN " + work.batch() + " ON b.hw_row = m.batch_row",
                                row.is(work.spelling(), "m") + " AND m.verdict = " + verdict.ordinal()));
    }

    private void expect(long expected, long rows, String what) {
        if (rows != expected) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of " + work.load().table() + ": " + rows + " were " + what + ", "
                            + expected + " expected");
        }
    }
}
