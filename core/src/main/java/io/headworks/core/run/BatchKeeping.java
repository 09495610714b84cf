package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.RecordTree;
import io.headworks.core.plan.Step;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the batch of a load that was stopped for what it would have done, so that it need not be extracted again. */
final class BatchKeeping {
    private final Stage run;
    private final KeptBatches batches;

    BatchKeeping(Stage run, KeptBatches batches) {
        this.run = run;
        this.batches = batches;
    }

    /** How a batch is loaded, so that another definition is noticed. */
    static String hash(Step.LoadTable step) {
        return Sha256.of(Json.canonical(RecordTree.of(step.load())));
    }

    /**
     * Keeps the rows when the load was stopped by a breaker or a check and they are held.
     *
     * @return what is to be thrown: the failure, with what can be done now
     */
    HeadworksException stopped(
            HeadworksException failure,
            Step.LoadTable step,
            StageRows input,
            @Nullable String positionBefore,
            @Nullable String positionAfter) {
        boolean publishable = failure.kind() == FailureKind.GATE
                && !run.isDirect()
                && step.removal() == null
                && input.members().isEmpty()
                && !run.plan().kind().equals("repair");
        if (!publishable) {
            return failure;
        }
        String hint = failure.hint() == null ? "" : failure.hint() + " ";
        return new HeadworksException(
                failure.kind(),
                String.valueOf(failure.getMessage()),
                hint + kept(failure, step, input, positionBefore, positionAfter),
                failure);
    }

    /** That the batch was stopped is what the run failed of, also where it cannot be kept. */
    private String kept(
            HeadworksException failure,
            Step.LoadTable step,
            StageRows input,
            @Nullable String positionBefore,
            @Nullable String positionAfter) {
        try {
            KeptBatch batch = keep(step, input, positionBefore, positionAfter);
            return "The batch is kept until " + batch.until() + ": hw run --retry " + batch.runId()
                    + " --override-gate REASON publishes just that, without extracting again.";
        } catch (RuntimeException unkept) {
            failure.addSuppressed(unkept);
            removeWhatIsThere(failure);
            return "The batch could not be kept: " + unkept.getMessage();
        }
    }

    private void removeWhatIsThere(HeadworksException failure) {
        try {
            batches.remove(run.tally().runId());
        } catch (RuntimeException left) {
            failure.addSuppressed(left);
        }
    }

    private KeptBatch keep(
            Step.LoadTable step, StageRows input, @Nullable String positionBefore, @Nullable String positionAfter) {
        Plan plan = run.plan();
        String runId = run.tally().runId();
        Map<String, Relation> rows = new LinkedHashMap<>();
        rows.put("batch", input.rows());
        for (Relation rejects : input.rejects()) {
            rows.put("rejects_" + rows.size(), rejects);
        }
        batches.removeOf(plan.pipeline(), plan.key().environment());
        batches.prepare(runId);
        run.engine().keep(batches.rows(runId), rows);
        KeptBatch batch = new KeptBatch(
                runId,
                plan.pipeline(),
                plan.key().environment(),
                plan.key().dataset(),
                run.tally().startedAt().plus(KeptBatches.KEPT_FOR).truncatedTo(ChronoUnit.SECONDS),
                hash(step),
                run.observed().target().lastRunNumber(),
                positionBefore,
                positionAfter,
                run.observed().source().identity(),
                plan.schemaHash(),
                plan.hash(),
                step.kind(),
                input.read(),
                input.count(),
                input.rejected(),
                rows.entrySet().stream()
                        .map(each -> new KeptBatch.Columns(
                                each.getKey(),
                                each.getValue().schema(),
                                each.getValue().hidden()))
                        .toList());
        batches.add(batch);
        return batch;
    }
}
