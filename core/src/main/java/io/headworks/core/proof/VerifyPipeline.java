package io.headworks.core.proof;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.isolation.TargetPlace;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Request;
import io.headworks.core.run.Workspace;
import io.headworks.core.service.Setup;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays what a pipeline's next run would load into places of its own, once, again, and killed on the way and run again;
 * compares what each left behind with what the first did.
 */
public final class VerifyPipeline {
    private final Setup setup;
    private final Project project;
    private final PipelineSpec pipeline;
    private final Killing killing;
    private final Consumer<Replayed> ended;
    private final Cancellation cancellation;

    /** @param ended hears of each replay as it ends */
    public VerifyPipeline(
            Setup setup,
            Project project,
            PipelineSpec pipeline,
            Killing killing,
            Consumer<Replayed> ended,
            Cancellation cancellation) {
        this.setup = setup;
        this.project = project;
        this.pipeline = pipeline;
        this.killing = killing;
        this.ended = ended;
        this.cancellation = cancellation;
    }

    /**
     * Replays a batch.
     *
     * @param in the connection to the server with the places; null for the target's own
     * @param whole whether the table is copied whole, where the keys of the batch would do
     */
    public Proof run(Request request, @Nullable String in, boolean whole, int kills, long seed) {
        Workspace workspace = Workspace.of(project.folder());
        String id = RunIds.next(setup.clock().instant());
        Path root = workspace.staging(id);
        TargetPlace target = TargetPlace.of(project, pipeline, setup.connectors(), in);
        try (ReplayPlaces places =
                new ReplayPlaces(setup, project, pipeline, target, target.namespaces(pipeline, id), root)) {
            List<String> dropped = places.dropAbandoned();
            FreezeBatch.Frozen taken = freeze(request, whole, root);
            try (Engine engine = setup.engines().open(Resources.UNSET, workspace.temporary())) {
                return new Replays(engine, pipeline, taken, places, killing, dropped, ended, cancellation)
                        .prove(kills, seed);
            }
        } finally {
            workspace.remove(id);
            workspace.removeTemporary();
        }
    }

    private FreezeBatch.Frozen freeze(Request request, boolean whole, Path root) {
        try (Workbench bench = new Workbench(setup, project, cancellation)) {
            return new FreezeBatch(bench, pipeline, root, whole).freeze(request);
        }
    }
}
