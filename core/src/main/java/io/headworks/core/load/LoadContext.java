package io.headworks.core.load;

import io.headworks.api.engine.Relation;
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
        List<String> resolves) {
    public LoadContext {
        rejects = List.copyOf(rejects);
        resolves = List.copyOf(resolves);
    }
}
