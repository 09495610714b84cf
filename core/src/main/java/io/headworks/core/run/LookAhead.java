package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.connection.Connectors;
import io.headworks.core.observe.Observer;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Planner;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Observes and plans one pipeline in a session; what {@code hw plan} stops after and {@code hw run} goes on from. */
public final class LookAhead {
    private final Project project;
    private final Connectors connectors;
    private final EngineSession engine;
    private final Instant now;
    private final String runId;

    public LookAhead(Project project, Connectors connectors, EngineSession engine, Instant now, String runId) {
        this.project = project;
        this.connectors = connectors;
        this.engine = engine;
        this.now = now;
        this.runId = runId;
    }

    /**
     * A plan with what hangs on it.
     *
     * @param statements what its stages and checks become, when that was asked for
     * @param engineBound what keeps it on one engine; empty when nothing does
     */
    public record Preview(Plan plan, List<StatementPreview.Statement> statements, List<String> engineBound) {}

    /** Plans with connections of its own, which are closed again. */
    public Preview preview(PipelineSpec pipeline, Request request, boolean statements, SqlInspector inspector) {
        try (OpenConnections connections = new OpenConnections(project, connectors, engine)) {
            Plan plan = plan(pipeline, request, StateSnapshot.NONE, connections).plan();
            List<String> engineBound = new ScaleOut(engine, inspector).against(plan);
            return new Preview(plan, statements ? new StatementPreview(engine, now).of(plan) : List.of(), engineBound);
        }
    }

    Decision plan(PipelineSpec pipeline, Request request, StateSnapshot state, OpenConnections connections) {
        LedgerKey key = key(project, pipeline);
        Observed observed = observe(pipeline, request, connections, key);
        return new Decision(observed, new Planner(key, pipeline).plan(observed, state, request));
    }

    /** For rows of the dead letter. */
    Decision repair(PipelineSpec pipeline, OpenConnections connections) {
        LedgerKey key = key(project, pipeline);
        Observed observed = observe(pipeline, Request.LIVE, connections, key);
        return new Decision(observed, new Planner(key, pipeline).repair(observed));
    }

    private Observed observe(PipelineSpec pipeline, Request request, OpenConnections connections, LedgerKey key) {
        engine.values(values(request));
        connections.bind(pipeline);
        return new Observer(
                        engine,
                        connections.source(pipeline.extract().connection()),
                        connections.target(pipeline.connection()))
                .observe(pipeline, key, request);
    }

    /** Whose loads these are. */
    static LedgerKey key(Project project, PipelineSpec pipeline) {
        return new LedgerKey(
                project.id(),
                project.environment().name(),
                "",
                pipeline.name(),
                pipeline.writes().toString());
    }

    private Map<String, Object> values(Request request) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("now", now);
        values.put("run_id", runId);
        values.put("env", project.environment().name());
        String from = request.from();
        String to = request.to();
        if (from != null && to != null) {
            values.put("from", from);
            values.put("to", to);
        }
        project.variables().forEach((name, variable) -> {
            Object value = variable.typed();
            if (value != null) {
                values.put("var." + name, value);
            }
        });
        return values;
    }

    /** What was seen, and what was decided on it. */
    public record Decision(Observed observed, Plan plan) {}
}
