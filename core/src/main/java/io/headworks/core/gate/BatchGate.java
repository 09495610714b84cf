package io.headworks.core.gate;

import io.headworks.api.check.CheckResult;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.core.plan.Step.GateBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks a batch that is held in work storage. Stopping is left to the caller, who has all results by then. */
public final class BatchGate {
    /** Failing rows kept with a result. */
    public static final int SAMPLE_ROWS = 5;

    private final EngineSession engine;
    private final Instant now;

    public BatchGate(EngineSession engine, Instant now) {
        this.engine = engine;
        this.now = now;
    }

    /** @param personal columns of which no reason shows a value */
    public Gated run(GateBatch step, Relation batch, long count, Relation origin, List<String> personal) {
        List<CheckResult> results = new ArrayList<>();
        List<Relation> rejects = new ArrayList<>();
        Relation rows = batch;
        long left = count;
        if (!step.rejecting().isEmpty()) {
            results.addAll(engine.check(new CheckScope(batch, null, now, SAMPLE_ROWS), step.rejecting()));
            if (results.stream().anyMatch(result -> result.failingRows() > 0)) {
                Relation marked = engine.materialise("gated", engine.mark(batch, step.rejecting(), personal));
                rows = engine.accepted(marked);
                left = engine.count(rows);
                rejects.add(engine.rejected(marked, "gate", origin));
            }
        }
        if (!step.checking().isEmpty()) {
            results.addAll(engine.check(new CheckScope(rows, null, now, SAMPLE_ROWS), step.checking()));
        }
        return new Gated(rows, left, rejects, count - left, results);
    }
}
