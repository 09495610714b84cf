package io.headworks.duckdb.load;

import io.headworks.api.load.BatchKind;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.load.LoadColumns.Pair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which rows of the table have a key of the batch, and what that means for each: a temporary table of the row's number
 * {@code _hw_row}, the key's columns and {@code _hw_verdict}.
 *
 * <p>Where the order decides, only keys and order columns are read, and of a delta without an order only keys and moments:
 * a row that was changed seldom keeps the moment of its change. The other columns are compared for those rows alone that
 * this leaves undecided.
 */
record Matches(String table, Map<Verdict, Long> counts) {

    long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** Rows of the batch to be stored whose key is there. */
    long upserts() {
        return count(Verdict.STALE) + count(Verdict.SAME) + count(Verdict.UPDATE);
    }

    static Matches of(Work work, KeyedBatch batch) {
        return new Finding(work, batch.rows().sql()).find();
    }

    private static final class Finding {
        private final Work work;
        private final String batch;
        private final List<Pair> keys;
        private final List<Pair> orderBy;
        private final String keyNames;

        Finding(Work work, String batch) {
            this.work = work;
            this.batch = batch;
            this.keys = work.columns().keys();
            this.orderBy = work.columns().orderBy();
            this.keyNames = keys.stream().map(Pair::name).collect(Collectors.joining(", "));
        }

        Matches find() {
            String batchKeys = keys.stream().map(key -> "b." + key.name()).collect(Collectors.joining(", "));
            String matches = work.sql()
                    .keep("SELECT t.rowid AS _hw_row, " + batchKeys + ", " + verdict() + " AS _hw_verdict FROM "
                            + work.table().sql() + " AS t JOIN " + batch + " AS b ON "
                            + Equality.sameKey(keys, "t", "b"));
            refuseRepeated(matches);
            Map<Verdict, Long> counts = counts(matches);
            if (counts.containsKey(Verdict.UNDECIDED)) {
                matches = compared(matches);
                counts = counts(matches);
            }
            return new Matches(matches, counts);
        }

        private String verdict() {
            List<Pair> telling = moments();
            boolean compares = orderBy.isEmpty() && telling.isEmpty();
            String updated = !orderBy.isEmpty()
                    ? Equality.newer(orderBy, "b", "t")
                    : "NOT " + (compares ? same() : same(telling));
            Verdict otherwise = compares ? Verdict.SAME : Verdict.UNDECIDED;
            return "CASE WHEN b." + BatchRows.DELETION + " THEN CASE WHEN " + isMarked() + " OR ((" + isOrdered()
                    + ") AND "
                    + Equality.newer(orderBy, "t", "b") + ") THEN " + Verdict.NONE.sql() + " ELSE "
                    + Verdict.DELETE.sql() + " END WHEN " + Equality.newer(orderBy, "t", "b") + " THEN "
                    + Verdict.STALE.sql() + " WHEN " + isMarked() + " OR " + updated + " THEN " + Verdict.UPDATE.sql()
                    + " ELSE " + otherwise.sql() + " END";
        }

        private String isMarked() {
            String mark = work.columns().markName();
            return mark == null ? "false" : "coalesce(t." + mark + ", false)";
        }

        /** A deletion that does not say when is never too old. */
        private String isOrdered() {
            return orderBy.stream()
                    .map(column -> "b." + column.name() + " IS NOT NULL")
                    .reduce("false", (one, other) -> one + " OR " + other);
        }

        /** Most rows of a snapshot are as they were: there a first look at some columns would only cost. */
        private List<Pair> moments() {
            return work.request().kind() == BatchKind.SNAPSHOT
                    ? List.of()
                    : work.columns().data().stream()
                            .filter(pair -> pair.column().type() instanceof DataType.Timestamp && !keys.contains(pair))
                            .toList();
        }

        private String same() {
            return same(work.columns().data().stream()
                    .filter(pair -> work.table().collated() || !keys.contains(pair))
                    .toList());
        }

        private String same(List<Pair> columns) {
            return Equality.same(columns, "t", "b", work.table().collated());
        }

        /** The rows are gathered first: with few of them the engine then reads only the blocks of the table they are in. */
        private String compared(String matches) {
            String undecided = work.sql()
                    .keep("SELECT m._hw_row, b.* FROM " + matches + " AS m JOIN " + batch + " AS b ON "
                            + Equality.sameKey(keys, "b", "m")
                            + " WHERE m._hw_verdict = " + Verdict.UNDECIDED.sql());
            String same = work.sql()
                    .keep("SELECT b._hw_row FROM " + undecided + " AS b JOIN "
                            + work.table().sql() + " AS t ON t.rowid = b._hw_row WHERE " + same());
            return work.sql()
                    .keep("SELECT m._hw_row, "
                            + keys.stream().map(key -> "m." + key.name()).collect(Collectors.joining(", "))
                            + ", CASE WHEN m._hw_verdict <> " + Verdict.UNDECIDED.sql()
                            + " THEN m._hw_verdict WHEN s._hw_row IS NULL THEN "
                            + Verdict.UPDATE.sql() + " ELSE " + Verdict.SAME.sql() + " END AS _hw_verdict FROM "
                            + matches
                            + " AS m LEFT JOIN " + same + " AS s ON s._hw_row = m._hw_row");
        }

        private Map<Verdict, Long> counts(String matches) {
            Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
            work.sql().query("SELECT _hw_verdict, count(*) FROM " + matches + " GROUP BY _hw_verdict", row -> {
                counts.put(Verdict.values()[row.getInt(1)], row.getLong(2));
                return 0;
            });
            return counts;
        }

        private void refuseRepeated(String matches) {
            String repeated = "(SELECT " + keyNames + " FROM " + matches + " AS m GROUP BY " + keyNames
                    + " HAVING count(*) > 1) AS b";
            long many = work.sql().number("SELECT count(*) FROM " + repeated);
            if (many > 0) {
                throw work.refused(many + (many == 1 ? " key of the batch is" : " keys of the batch are")
                        + " in the table more than once (for example: " + Example.of(work, keys, repeated)
                        + "); merge_keys must tell its rows apart");
            }
        }
    }
}
