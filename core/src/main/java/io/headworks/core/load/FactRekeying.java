package io.headworks.core.load;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.Corrections;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.transform.Operation.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Gives facts what their look-up would give them now, in the transaction that changes the versions they take it from. A
 * load of these facts that is under way has looked up what is no longer so: it loses its fence.
 */
public final class FactRekeying {
    private final HistoryEngine engine;
    private final LoadTransaction transaction;
    private final LoadRequest dimension;

    /** @param dimension the load in whose transaction this happens */
    public FactRekeying(HistoryEngine engine, LoadTransaction transaction, LoadRequest dimension) {
        this.engine = engine;
        this.transaction = transaction;
        this.dimension = dimension;
    }

    /**
     * What was done.
     *
     * @param rows that were corrected
     * @param older rows that would be others too, and are older than the look-up wants corrected
     */
    public record Done(long rows, long older) {}

    /**
     * Corrects the facts of some keys.
     *
     * @param dataset of the facts
     * @param facts how they are loaded
     * @param touched keys of the dimension
     * @throws HeadworksException of kind RUN when a fact would have no version
     */
    public Done run(String dataset, Load facts, Lookup lookup, Relation touched) {
        transaction.supersede(dataset);
        LoadTransaction table = transaction.beside(facts.table());
        Corrections wrong = corrections(table, facts, lookup, touched);
        refuseLost(facts, lookup, wrong);
        if (wrong.count() == 0) {
            return new Done(0, wrong.older());
        }
        LoadCounts written = table.apply(request(facts, wrong.rows()));
        Corrections left = corrections(table, facts, lookup, touched);
        if (written.updated() != wrong.count() || left.count() + left.lost() > 0) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot publish " + dimension.load().table() + ": of " + wrong.count() + " rows of " + facts.table()
                            + " that have another version now, " + written.updated() + " were corrected and "
                            + (left.count() + left.lost()) + " are left; nothing is kept",
                    "are the merge_keys of " + facts.table() + " (" + String.join(", ", facts.mergeKeys())
                            + ") the same in two of its rows?");
        }
        return new Done(wrong.count(), wrong.older());
    }

    private Corrections corrections(LoadTransaction table, Load facts, Lookup lookup, Relation touched) {
        Relation versions = transaction.rows(touched, null);
        Relation rows = table.rows(engine.seeking(lookup, touched), null);
        Instant since = dimension.loadedAt().minus(Objects.requireNonNull(lookup.rekey()));
        return engine.correct(rows, facts, lookup, versions, dimension.load(), since);
    }

    private void refuseLost(Load facts, Lookup lookup, Corrections wrong) {
        if (wrong.lost() > 0) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot publish " + dimension.load().table() + ": " + wrong.lost()
                            + (wrong.lost() == 1 ? " row of " : " rows of ") + facts.table()
                            + " would have no version at " + lookup.asOf() + " any more",
                    "delete or correct these rows first, or say missing: unknown in the look-up of " + facts.table()
                            + ", which gives them -1");
        }
    }

    private LoadRequest request(Load facts, Relation rows) {
        Load load = new Load(
                facts.table(),
                Strategy.UPSERT,
                facts.mergeKeys(),
                List.of(),
                Load.Deletes.IGNORE,
                facts.deletedColumn(),
                facts.partition(),
                facts.clusteringKeys(),
                facts.schemaChanges(),
                Load.Breaker.NONE,
                facts.audit(),
                null,
                null);
        return new LoadRequest(load, rows, true, BatchKind.DELTA, null, dimension.runNumber(), dimension.loadedAt());
    }
}
