package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.Schema;
import io.headworks.core.connection.Connectors;
import io.headworks.core.contract.ContractGuard;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.observe.Observer;
import io.headworks.core.observe.Observer.Looked;
import io.headworks.core.plan.Dependants;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Planner;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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

    /**
     * Plans with connections of its own, which are closed again.
     *
     * @param planned what was planned before and comes first; this plan is added to it
     * @param schemas what columns sources had
     */
    public Preview preview(
            PipelineSpec pipeline,
            Request request,
            boolean statements,
            SqlInspector inspector,
            PlannedTables planned,
            SchemaRegistry schemas) {
        try (OpenConnections connections = new OpenConnections(project, connectors, engine, planned)) {
            List<String> told = new ArrayList<>();
            SourceLook look = new SourceLook(
                    schemas.readOnly(),
                    project.environment().name(),
                    pipeline,
                    runId,
                    now,
                    drift -> told.addAll(drift.sentences()));
            Decision decision = plan(pipeline, request, StateSnapshot.NONE, connections, look);
            planned.add(pipeline.writes(), decision);
            told.addAll(connections.readAhead());
            Plan plan = decision.plan().noting(told);
            List<String> engineBound = new ScaleOut(engine, inspector).against(plan);
            return new Preview(plan, statements ? new StatementPreview(engine, now).of(plan) : List.of(), engineBound);
        }
    }

    /** Looks and decides over connections of the caller's; changes nothing. */
    public Decision plan(PipelineSpec pipeline, Request request, StateSnapshot state, OpenConnections connections) {
        return plan(pipeline, request, state, connections, Looked.NOBODY);
    }

    /** @param looked hears what was seen before anything is made of it, or refused */
    Decision plan(
            PipelineSpec pipeline, Request request, StateSnapshot state, OpenConnections connections, Looked looked) {
        LedgerKey key = key(project, pipeline);
        Observed observed = observe(pipeline, request, connections, key, looked);
        Plan plan = planner(key, pipeline).plan(observed, state, request);
        return new Decision(observed, guard(pipeline).checked(plan, observed));
    }

    /**
     * A source and its table as they are.
     *
     * @param columns of the source
     * @param unfit what the stages refuse of them; null when they fit
     */
    public record Seen(
            Schema columns, TargetState table, @Nullable HeadworksException unfit) {}

    /**
     * Only looks, over connections of the caller's.
     *
     * @throws HeadworksException when source or target cannot be looked at
     */
    public Seen look(PipelineSpec pipeline, OpenConnections connections) {
        AtomicReference<Seen> seen = new AtomicReference<>();
        try {
            observe(
                    pipeline,
                    Request.LIVE,
                    connections,
                    key(project, pipeline),
                    (columns, table) -> seen.set(new Seen(columns, table, null)));
        } catch (HeadworksException refused) {
            Seen before = seen.get();
            if (before == null) {
                throw refused;
            }
            return new Seen(before.columns(), before.table(), refused);
        }
        return Objects.requireNonNull(seen.get());
    }

    /** For rows of the dead letter. */
    Decision repair(PipelineSpec pipeline, OpenConnections connections) {
        LedgerKey key = key(project, pipeline);
        Observed observed = observe(pipeline, Request.LIVE, connections, key, Looked.NOBODY);
        Plan plan = planner(key, pipeline).repair(observed);
        return new Decision(observed, guard(pipeline).checked(plan, observed));
    }

    private ContractGuard guard(PipelineSpec pipeline) {
        return new ContractGuard(project, pipeline, now);
    }

    private Planner planner(LedgerKey key, PipelineSpec pipeline) {
        return new Planner(key, pipeline, Dependants.of(project, pipeline));
    }

    private Observed observe(
            PipelineSpec pipeline, Request request, OpenConnections connections, LedgerKey key, Looked looked) {
        Map<String, Object> values = values(request);
        engine.values(values);
        if (pipeline.extract().model() == null) {
            connections.bind(pipeline);
        } else {
            Map<String, Optional<Long>> runs = ModelInputs.runs(project, connections, pipeline);
            connections.bind(pipeline);
            connections.give(
                    ModelSpec.SOURCE, new ModelSource(project, pipeline, engine, connections, runs, values, now));
        }
        return new Observer(engine, connections.source(pipeline, now), connections.target(pipeline.connection()))
                .observe(pipeline, key, request, looked);
    }

    /** Whose loads these are. */
    public static LedgerKey key(Project project, PipelineSpec pipeline) {
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
