package io.headworks.core.load;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.List;

/**
 * Writes members of a dimension in the transaction of the rows that name them. Between the look-up and this somebody else
 * may have written them: the same members are taken as they are, rows that would have been found stop the load.
 */
public final class MemberLoading {
    private final HistoryEngine engine;
    private final LoadTransaction transaction;
    private final InferredMembers members;
    private final Load dimension;

    public MemberLoading(HistoryEngine engine, LoadTransaction transaction, InferredMembers members) {
        this.engine = engine;
        this.transaction = transaction;
        this.members = members;
        this.dimension = members.dimension();
    }

    /**
     * Writes those that nobody has written.
     *
     * @param dataset whose loads are kept out until the transaction ends
     * @return how many
     */
    public long write(String dataset, long runNumber, Instant now) {
        transaction.hold(dataset);
        LoadTransaction table = transaction.beside(dimension.table());
        Relation keys = columns(members.rows(), dimension.mergeKeys());
        Relation rows = engine.unwritten(members, table.rows(keys, null));
        long wanted = engine.count(rows);
        if (wanted == 0) {
            return 0;
        }
        LoadCounts written = table.apply(request(rows, runNumber, now));
        if (written.inserted() != wanted) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the members inferred of " + dimension.table() + ": " + wanted
                            + " should be new, but " + written);
        }
        refuseSameSurrogates(table, rows, wanted);
        return wanted;
    }

    private static Relation columns(Relation rows, List<String> names) {
        Schema schema = new Schema(names.stream()
                .map(name -> rows.schema().field(name).orElseThrow())
                .toList());
        return new Relation(rows.sql(), schema, List.of());
    }

    private void refuseSameSurrogates(LoadTransaction table, Relation rows, long wanted) {
        History history = dimension.history();
        String surrogate = history == null ? null : history.names().surrogate();
        if (surrogate == null) {
            return;
        }
        Relation own = columns(rows, List.of(surrogate));
        long found = engine.count(engine.among(table.rows(own, null), own));
        if (found != wanted) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot infer members of " + dimension.table() + ": two rows would have the same surrogate "
                            + surrogate,
                    "join by merge_keys and time, and tell us: that is one chance in many millions");
        }
    }

    private LoadRequest request(Relation rows, long runNumber, Instant now) {
        Load load = new Load(
                dimension.table(),
                Strategy.UPSERT,
                dimension.uniqueKey(),
                List.of(),
                Load.Deletes.IGNORE,
                dimension.deletedColumn(),
                dimension.partition(),
                dimension.clusteringKeys(),
                dimension.schemaChanges(),
                Load.Breaker.NONE,
                dimension.audit(),
                null,
                null);
        return new LoadRequest(load, rows, true, BatchKind.DELTA, null, runNumber, now);
    }
}
