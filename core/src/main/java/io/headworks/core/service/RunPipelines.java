package io.headworks.core.service;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.record.RunRecord;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunContext;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.RunSettings;
import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup.Refusal;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.RunFiles;
import io.headworks.core.state.RunLease;
import io.headworks.core.state.RunStore;
import io.headworks.core.state.StateDatabase;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Runs chosen pipelines of a project in one process and keeps their records. */
public final class RunPipelines {
    /** For several pipelines: the first of these that any run ended with. */
    private static final List<Integer> WORST_FIRST = List.of(7, 9, 6, 3, 5, 2, 1, 8, 4);

    private final Setup setup;
    private final Project project;

    public RunPipelines(Setup setup, Project project) {
        this.setup = setup;
        this.project = project;
    }

    public GraphRun.Outcome run(
            Collection<PipelineSpec> chosen,
            Function<PipelineSpec, RunSettings> settings,
            int parallel,
            RunEvents events,
            Cancellation cancellation) {
        return inProcess(
                chosen,
                resources -> resources,
                events,
                cancellation,
                (context, state) -> new GraphRun(context, settings, parallel).run(chosen));
    }

    /**
     * For somebody who puts runs in an order of his own.
     *
     * @param share what the engine may use of what the pipelines state
     */
    public <T> T inProcess(
            Collection<PipelineSpec> chosen,
            UnaryOperator<Resources> share,
            RunEvents events,
            Cancellation cancellation,
            BiFunction<RunContext, StateDatabase, T> work) {
        Workspace workspace = Workspace.of(project.folder());
        Resources resources = share.apply(Shares.of(chosen));
        ProjectState place = new ProjectState(setup, project.folder());
        new PurgeState(place, workspace, setup.clock()).onceADay();
        try (StateDatabase state = place.open();
                RunLease lease = RunLease.keep(state);
                Engine engine = setup.engines().open(resources, workspace.temporary())) {
            KilledRuns.close(state, setup.clock().instant());
            workspace.abandoned().forEach(Workspace::removeFolder);
            Masker masker = Secrets.masker(project);
            RunStore store = new RunStore(state, new RunFiles(workspace.runs()), masker);
            RunContext context = new RunContext(
                    project,
                    setup.connectors(),
                    engine,
                    workspace,
                    store,
                    events,
                    cancellation,
                    setup.clock(),
                    setup.version());
            return work.apply(context, state);
        } finally {
            workspace.removeTemporary();
        }
    }

    /** The exit code that stands for all runs of an outcome. */
    public static int exitCode(GraphRun.Outcome outcome) {
        return exitCode(outcome, List.of());
    }

    /** The same, with what was refused before anything ran. */
    public static int exitCode(GraphRun.Outcome outcome, Collection<Refusal> refused) {
        List<Integer> codes = Stream.concat(
                        outcome.records().stream().map(RunRecord::exitCode),
                        refused.stream().map(refusal -> refusal.kind().exitCode()))
                .toList();
        int worst = worst(codes);
        return worst == 0 && !outcome.skipped().isEmpty() ? 1 : worst;
    }

    /** The code that stands for several; 0 when all are. */
    public static int worst(List<Integer> codes) {
        if (codes.contains(130)) {
            return 130;
        }
        return WORST_FIRST.stream()
                .filter(codes::contains)
                .findFirst()
                .or(() -> codes.stream().filter(code -> code != 0).findFirst())
                .orElse(0);
    }
}
