package io.headworks.core.plan;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.source.Position;
import java.util.ArrayList;
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

    /** The same, its slice loaded as part of a backfill; of a plan without a slice, the plan itself. */
    public Plan ofBackfill() {
        return kind.equals("slice")
                ? new Plan(
                        pipeline,
                        key,
                        "backfill",
                        request,
                        physical,
                        physicalReason,
                        steps,
                        idle,
                        positionBefore,
                        positionAfter,
                        guarantee,
                        notes,
                        schemaHash,
                        expectedRows,
                        expectedBytes,
                        hash)
                : this;
    }

    /** The same with more to tell. */
    public Plan noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Plan(
                pipeline,
                key,
                kind,
                request,
                physical,
                physicalReason,
                steps,
                idle,
                positionBefore,
                positionAfter,
                guarantee,
                all,
                schemaHash,
                expectedRows,
                expectedBytes,
                hash);
    }

    public List<SchemaChange> schemaChanges() {
        return steps.stream()
                .filter(Step.LoadTable.class::isInstance)
                .flatMap(step -> ((Step.LoadTable) step).changes().stream())
                .toList();
    }
}
