package io.headworks.core.plan;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run will do.
 *
 * @param idle why there is nothing to do; null when there is something
 * @param kind live, slice, backfill or repair, as in the ledger
 * @param positionAfter known before the run for files; null where the rows decide
 * @param expectedRows an estimate, left out of the hash; null when unknown
 * @param hash what was approved is what runs
 */
public record Plan(
        String pipeline,
        LedgerKey key,
        String kind,
        Request request,
        PhysicalPlan physical,
        String physicalReason,
        List<Step> steps,
        @Nullable String idle,
        @Nullable Position positionBefore,
        @Nullable Position positionAfter,
        Guarantee guarantee,
        List<String> notes,
        String schemaHash,
        @Nullable Long expectedRows,
        @Nullable Long expectedBytes,
        String hash) {
    public Plan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    public List<SchemaChange> schemaChanges() {
        return steps.stream()
                .filter(Step.LoadTable.class::isInstance)
                .flatMap(step -> ((Step.LoadTable) step).changes().stream())
                .toList();
    }
}
