package io.headworks.core.service;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunContext;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.RunSettings;
import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.RunFiles;
import io.headworks.core.state.RunStore;
import io.headworks.core.state.StateDatabase;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

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
        Workspace workspace = Workspace.of(project.folder());
        Resources resources = Shares.of(chosen);
        new PurgeState(workspace, setup.clock()).onceADay();
        try (StateDatabase state = StateDatabase.open(workspace.state());
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
            return new GraphRun(context, settings, parallel).run(chosen);
        } finally {
            workspace.removeTemporary();
        }
    }

    /** The exit code that stands for all runs of an outcome. */
    public static int exitCode(GraphRun.Outcome outcome) {
        List<Integer> codes =
                outcome.records().stream().map(record -> record.exitCode()).toList();
        if (codes.contains(130)) {
            return 130;
        }
        return WORST_FIRST.stream()
                .filter(codes::contains)
                .findFirst()
                .or(() -> codes.stream().filter(code -> code != 0).findFirst())
                .orElse(outcome.skipped().isEmpty() ? 0 : 1);
    }
}
