package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Segment;
import io.headworks.core.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The statements that the stages of a plan become, compiled over an empty extract: what {@code hw plan --sql} prints. */
public final class StatementPreview {
    private final EngineSession engine;

    StatementPreview(EngineSession engine) {
        this.engine = engine;
    }

    /** A stage with the relation it runs as. */
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
        return statements;
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
