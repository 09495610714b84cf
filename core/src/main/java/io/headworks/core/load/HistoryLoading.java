package io.headworks.core.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.history.Observations;
import io.headworks.api.history.Outcome;
import io.headworks.api.history.UnplacedRows;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.transform.Operation.Lookup;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads a table that keeps history: the engine works out what becomes of the versions of the keys concerned, and the
 * difference is merged like any batch. So no target knows what a version is.
 */
public final class HistoryLoading {
    private final EngineSession engine;
    private final LoadTransaction transaction;
    private final LoadRequest request;
    private final History history;
    private final List<Facts> facts;
    private final @Nullable Relation origin;

    public HistoryLoading(EngineSession engine, LoadTransaction transaction, LoadRequest request) {
        this(engine, transaction, request, List.of(), null);
    }

    private HistoryLoading(
            EngineSession engine,
            LoadTransaction transaction,
            LoadRequest request,
            List<Facts> facts,
            @Nullable Relation origin) {
        this.origin = origin;
        this.engine = engine;
        this.transaction = transaction;
        this.request = request;
        this.facts = List.copyOf(facts);
        this.history = Objects.requireNonNull(request.load().history());
    }

    /**
     * What was done, in rows of the batch, and to versions.
     *
     * @param rejects dead letters of rows that were left out
     */
    public record Done(LoadCounts counts, Outcome.Versions versions, List<Rekeyed> rekeyed, List<Relation> rejects) {}

    /** What was done to the facts of one look-up. */
    public record Rekeyed(TableName facts, FactRekeying.Done done) {}

    /** Facts that exist and hang on the table, with the dataset that they are. */
    public record Facts(String dataset, Load load, Lookup lookup) {}

    /** The same with facts that are corrected where versions change. */
    public HistoryLoading correcting(List<Facts> other) {
        return new HistoryLoading(engine, transaction, request, other, origin);
    }

    /**
     * The same where rows of which nobody can tell when they were so become dead letters, and do not fail the load.
     *
     * @param staged the rows as they first were, from which the letters take their payload
     */
    public HistoryLoading rejecting(@Nullable Relation staged) {
        return new HistoryLoading(engine, transaction, request, facts, staged);
    }

    /**
     * Works out and writes.
     *
     * @param changes those made in this transaction
     * @param beside where versions of type 4 columns go; null where there is none
     */
    public Done run(List<SchemaChange> changes, @Nullable BesideTable beside) {
        boolean isNew = changes.stream().anyMatch(SchemaChange.CreateTable.class::isInstance);
        UnplacedRows unplaced = origin == null ? UnplacedRows.REFUSED : UnplacedRows.REJECTED;
        try (Observations batch = histories().observe(request, unplaced)) {
            Outcome outcome = batch.against(stored(batch, isNew));
            judge(batch, outcome);
            LoadCounts written = transaction.apply(merge(outcome.rows()));
            FailPoint.K14.pass();
            prove(batch, outcome, written, isNew);
            List<Rekeyed> rekeyed = isNew ? List.of() : rekey(outcome);
            if (beside != null) {
                new HistoryLoading(engine, beside.transaction(), beside.request(batch.beside(), request))
                        .run(beside.changes(), null);
            }
            return new Done(counts(outcome, written), outcome.versions(), rekeyed, letters(batch.rejected()));
        }
    }

    private List<Relation> letters(@Nullable Relation rejected) {
        return rejected == null || origin == null ? List.of() : List.of(engine.rejected(rejected, "load", origin));
    }

    /** Keys of which nothing is written have the versions that they had. */
    private List<Rekeyed> rekey(Outcome outcome) {
        List<Rekeyed> rekeyed = new ArrayList<>();
        if (facts.isEmpty() || engine.count(outcome.touched()) == 0) {
            return rekeyed;
        }
        FactRekeying rekeying = new FactRekeying(histories(), transaction, request);
        for (Facts each : facts) {
            rekeyed.add(new Rekeyed(
                    each.load().table(), rekeying.run(each.dataset(), each.load(), each.lookup(), outcome.touched())));
        }
        return rekeyed;
    }

    /** Of a new table all rows are those that were merged, and reading them back would take as long again. */
    private void prove(Observations batch, Outcome outcome, LoadCounts written, boolean isNew) {
        if (written.stale() != 0 || isNew && written.inserted() != written.staged()) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the versions of " + request.load().table() + ": " + written);
        }
        Relation surrogates = batch.surrogates();
        if (isNew) {
            batch.prove(outcome.rows(), surrogates == null ? null : outcome.rows());
        } else {
            batch.prove(
                    transaction.rows(outcome.touched(), null),
                    surrogates == null ? null : transaction.rows(surrogates, null));
        }
    }

    private HistoryEngine histories() {
        return histories(engine, request.load());
    }

    static HistoryEngine histories(EngineSession engine, Load load) {
        if (engine instanceof HistoryEngine histories) {
            return histories;
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot load into " + load.table() + ": this engine keeps no history (load.scd)");
    }

    /** Of keys that a snapshot may lack only what is live is looked at first: their past is asked for where it matters. */
    private @Nullable Relation stored(Observations batch, boolean isNew) {
        String current = history.keepsVersions() ? history.names().current() : null;
        Relation all = null;
        if (isNew) {
            batch.concerned(null);
        } else if (!batch.needsLiveRows()) {
            all = transaction.rows(batch.keys(), null);
            batch.concerned(all);
        } else if (current == null) {
            all = transaction.table();
            batch.concerned(all);
        } else {
            Relation noKeys = engine.empty(batch.keys().schema());
            Relation concerned = batch.concerned(transaction.rows(noKeys, current));
            all = transaction.rows(concerned, null);
        }
        return all;
    }

    private LoadRequest merge(Relation rows) {
        Load load = request.load();
        Load versions = new Load(
                load.table(),
                Strategy.MERGE,
                load.uniqueKey(),
                List.of(),
                Load.Deletes.APPLY,
                load.deletedColumn(),
                load.partition(),
                load.clusteringKeys(),
                load.schemaChanges(),
                Load.Breaker.NONE,
                load.audit(),
                null,
                null);
        return new LoadRequest(versions, rows, true, BatchKind.DELTA, null, request.runNumber(), request.loadedAt());
    }

    private void judge(Observations batch, Outcome outcome) {
        Load.Breaker breaker = request.load().breaker();
        if (breaker.equals(Load.Breaker.NONE) || outcome.closed() + outcome.changed() == 0) {
            return;
        }
        long live = batch.live(transaction.table());
        if (live > 0 && live >= breaker.minRows()) {
            judge("deleted", "closed or marked", outcome.closed(), live, breaker.deleted());
            judge("changed", "changed", outcome.changed(), live, breaker.changed());
        }
    }

    private void judge(String limit, String what, long keys, long live, @Nullable BigDecimal share) {
        if (share != null && BigDecimal.valueOf(keys).compareTo(share.multiply(BigDecimal.valueOf(live))) > 0) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot publish " + request.load().table() + ": " + keys + " of " + live + " live keys would be "
                            + what + " (max_change allows " + limit + ": "
                            + share.movePointRight(2).stripTrailingZeros().toPlainString() + "% from "
                            + request.load().breaker().minRows() + " keys on)",
                    "If this is right, run again with --override-gate REASON, or raise load.max_change." + limit + ".");
        }
    }

    /** In rows of the batch, as every load counts; the hash is of the versions written. */
    private static LoadCounts counts(Outcome outcome, LoadCounts written) {
        return new LoadCounts(
                outcome.staged(),
                outcome.opening(),
                outcome.changing(),
                outcome.unchanged(),
                outcome.stale(),
                outcome.closed(),
                written.hashAlgorithm(),
                written.contentHash());
    }
}
