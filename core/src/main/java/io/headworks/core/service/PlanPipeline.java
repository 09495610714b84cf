package io.headworks.core.service;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Request;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;

/** Plans pipelines without changing anything: what {@code hw plan} shows and {@code hw run} would do. */
public final class PlanPipeline implements AutoCloseable {
    private final Setup setup;
    private final Project project;
    private final Workspace workspace;
    private final Engine engine;

    public PlanPipeline(Setup setup, Project project) {
        this.setup = setup;
        this.project = project;
        this.workspace = Workspace.of(project.folder());
        this.engine = setup.engines().open(Resources.UNSET, workspace.temporary());
    }

    /**
     * Looks and decides.
     *
     * @param statements whether the stages' SQL is wanted too
     */
    public LookAhead.Preview preview(
            PipelineSpec pipeline, Request request, boolean statements, Cancellation cancellation) {
        String id = RunIds.next(setup.clock().instant());
        try (SqlInspector inspector = setup.engines().inspector();
                EngineSession session = engine.session(id, workspace.staging(id), cancellation)) {
            return new LookAhead(
                            project, setup.connectors(), session, setup.clock().instant(), id)
                    .preview(pipeline, request, statements, inspector);
        } finally {
            workspace.remove(id);
        }
    }

    @Override
    public void close() {
        engine.close();
        workspace.removeTemporary();
    }
}
