package io.headworks.core.service;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.Repeated;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.RowComparison;
import io.headworks.api.engine.RowComparison.Differences;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.type.Schema;
import io.headworks.core.diff.BucketDifference;
import io.headworks.core.diff.DiffRequest;
import io.headworks.core.diff.DiffResult;
import io.headworks.core.diff.Pairing;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One comparison from hashes to the result. */
final class TableComparison {
    /** From this share of different buckets on, rows are read whole: choosing them would cost more. */
    private static final double MOST_CHOSEN = 0.5;

    private final Workbench.Session session;
    private final DiffRequest request;
    private final Pairing pairing;
    private final DiffTable left;
    private final DiffTable right;
    private final int buckets;
    private final HashedTable a;
    private final HashedTable b;
    private final SideBySide both;

    TableComparison(
            Workbench.Session session,
            DiffRequest request,
            Pairing pairing,
            DiffTable left,
            DiffTable right,
            int buckets,
            Cancellation cancellation) {
        this.session = session;
        this.request = request;
        this.pairing = pairing;
        this.left = left;
        this.right = right;
        this.buckets = buckets;
        this.a = left.hashed(pairing.hashingA(buckets));
        this.b = right.hashed(pairing.hashingB(buckets));
        boolean apart =
                !Objects.equals(left.dataset().connection(), right.dataset().connection());
        this.both = new SideBySide(a, b, apart, cancellation);
    }

    DiffResult run() {
        SideBySide.Both<List<Bucket>> hashes = both.ask(HashedTable::buckets);
        BucketDifference difference = BucketDifference.of(hashes.a(), hashes.b());
        // what a bucket that is the same on both sides repeats is seen in all of the rows alone
        SideBySide.@Nullable Both<Repeated> repeated =
                isUnique(left) || isUnique(right) ? null : both.ask(HashedTable::repeated);
        Compared compared = difference.different().isEmpty() && request.export() == null
                ? Compared.NOTHING
                : compare(difference.different());
        checkUnchanged(left);
        checkUnchanged(right);
        Differences rows = compared.differences();
        DiffResult.Side sideA = side(left, a, difference.a(), rows.left(), repeated == null ? null : repeated.a());
        DiffResult.Side sideB = side(right, b, difference.b(), rows.right(), repeated == null ? null : repeated.b());
        refuseUnaccounted(sideA, sideB);
        return new DiffResult(
                sideA,
                sideB,
                pairing,
                buckets,
                difference.different().size(),
                rows.different(),
                differing(rows),
                compared.sample(),
                request.export() == null ? null : request.export().toString(),
                request.allowEmpty());
    }

    private static void refuseUnaccounted(DiffResult.Side a, DiffResult.Side b) {
        if (a.paired() != b.paired()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot compare " + a.dataset() + " with " + b.dataset() + ": of " + a.rows() + " and " + b.rows()
                            + " rows, " + a.paired() + " and " + b.paired() + " are paired, which must be as many",
                    "a table that is written to while it is read looks like this; compare again");
        }
    }

    /** Where a side has each key once, equal hashes prove the same of the other. */
    private boolean isUnique(DiffTable table) {
        Set<String> keys = new HashSet<>();
        pairing.key().forEach(pair -> keys.add((table == left ? pair.a() : pair.b()).name()));
        return !pairing.mergesKeys() && !table.primaryKey().isEmpty() && keys.containsAll(table.primaryKey());
    }

    private static void checkUnchanged(DiffTable table) {
        if (table instanceof DiffTable.Read read) {
            read.checkUnchanged();
        }
    }

    /** What the rows of different buckets showed. */
    private record Compared(Differences differences, List<DiffResult.Difference> sample) {
        static final Compared NOTHING = new Compared(
                new Differences(
                        0,
                        RowComparison.Found.NOTHING,
                        RowComparison.Found.NOTHING,
                        List.of(),
                        new Relation("", Schema.EMPTY, List.of())),
                List.of());
    }

    private Compared compare(Set<Integer> different) {
        RowComparison engine = session.engine().comparison();
        Differences differences = engine.compare(
                new RowComparison.Side(
                        rows(a, left, different), pairing.hashingA(buckets).columns()),
                new RowComparison.Side(
                        rows(b, right, different), pairing.hashingB(buckets).columns()),
                pairing.key().size(),
                pairing.tolerances());
        if (request.export() != null) {
            engine.write(differences.rows(), request.export());
        }
        return new Compared(
                differences, new DiffSample(pairing, request.limit()).of(session.engine(), differences.rows()));
    }

    private Relation rows(HashedTable side, DiffTable table, Set<Integer> different) {
        if (different.isEmpty()) {
            return session.engine().empty(table.schema());
        }
        return side.rows(different.size() > buckets * MOST_CHOSEN ? null : different);
    }

    private Map<String, Long> differing(Differences rows) {
        Map<String, Long> differing = new LinkedHashMap<>();
        for (int i = 0; i < rows.byColumn().size(); i++) {
            differing.put(pairing.values().get(i).a().name(), rows.byColumn().get(i));
        }
        return differing;
    }

    /** @param repeated among all rows; null where those that were compared have all there are */
    private static DiffResult.Side side(
            DiffTable table,
            HashedTable hashed,
            BucketDifference.Side all,
            RowComparison.Found found,
            @Nullable Repeated repeated) {
        Repeated twice = repeated == null ? found.repeated() : repeated;
        return new DiffResult.Side(
                table.dataset().toString(),
                all.rows(),
                hashed.hashedBy(),
                hashed.why(),
                all.nullKeys(),
                twice.keys(),
                twice.rows() + found.unpaired() - found.repeated().rows(),
                found.only(),
                found.rows());
    }
}
