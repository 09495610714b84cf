package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Segment;
import io.headworks.core.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statements that the stages of a plan become, compiled over an empty extract: what {@code hw plan --sql} prints. */
public final class StatementPreview {
    private final EngineSession engine;

    private final Instant now;

    StatementPreview(EngineSession engine, Instant now) {
        this.engine = engine;
        this.now = now;
    }

    /** A stage, or a time of checks, with the statement it runs as. */
    public record Statement(String stage, String sql, boolean materialised) {}

    List<Statement> of(Plan plan) {
        List<Statement> statements = new ArrayList<>();
        Relation rows = null;
        for (Step step : plan.steps()) {
            if (step instanceof Step.ExtractRows extract) {
                rows = engine.materialise("extract", engine.empty(extract.schema()));
            } else if (step instanceof Step.TransformRows transform && rows != null) {
                stages(transform, rows, plan.physical(), statements);
            }
        }
        statements.addAll(checks(plan));
        return statements;
    }

    private List<Statement> checks(Plan plan) {
        Schema output = Schema.EMPTY;
        for (Step step : plan.steps()) {
            if (step instanceof Step.TransformRows transform) {
                output = transform.output();
            } else if (step instanceof Step.LoadTable load) {
                return new CheckPreview(engine, now, output, load.load()).of(plan.steps());
            }
        }
        return List.of();
    }

    private void stages(Step.TransformRows step, Relation extract, PhysicalPlan physical, List<Statement> statements) {
        Relation rows = extract;
        int number = 0;
        for (Segment segment : step.segments()) {
            Relation output = engine.apply(rows, segment.operations());
            boolean kept = segment.materialised() && physical == PhysicalPlan.STAGED;
            statements.add(new Statement(segment.stage(), output.sql(), kept));
            if (kept) {
                Relation stored = engine.materialise("stage_" + ++number, output);
                output = segment.mayReject() ? engine.accepted(stored) : stored;
            }
            rows = output;
        }
    }
}
