package io.headworks.core.load;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load writes into its ledger row beside its counts, and the rejects that are committed with it.
 *
 * @param now when the run began: the time written on its rows
 * @param resolves dead letters that this run has dealt with
 * @param members of dimensions in the same target, which the rows name
 * @param origin the rows as first staged, where those that the load cannot place become dead letters; null where they
 *     fail it
 */
public record LoadContext(
        LedgerKey key,
        Fence fence,
        String runId,
        long runNumber,
        String kind,
        @Nullable String positionBefore,
        @Nullable String positionAfter,
        String sourceIdentity,
        String schemaHash,
        String planHash,
        String hwVersion,
        Instant now,
        Clock clock,
        List<Relation> rejects,
        List<String> resolves,
        List<InferredMembers> members,
        @Nullable Relation origin) {
    public LoadContext {
        members = List.copyOf(members);
        rejects = List.copyOf(rejects);
        resolves = List.copyOf(resolves);
    }

    /** What a table of the same connection is called as a dataset. */
    String datasetOf(TableName table) {
        return new DatasetName(DatasetName.parse(key.dataset()).connection(), table).toString();
    }
}
