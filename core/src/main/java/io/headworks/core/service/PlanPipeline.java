package io.headworks.core.service;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Request;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.PlannedTables;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;

/**
 * Plans pipelines without changing anything: what {@code hw plan} shows and {@code hw run} would do. A pipeline that reads
 * what an earlier one of these will make is planned as if that was made.
 */
public final class PlanPipeline implements AutoCloseable {
    private final Setup setup;
    private final Project project;
    private final Workspace workspace;
    private final Engine engine;
    private final Engine.Keeping kept;
    private final String id;
    private final PlannedTables planned = new PlannedTables();
    private final SchemaRegistry schemas;

    public PlanPipeline(Setup setup, Project project) {
        this.setup = setup;
        this.project = project;
        this.workspace = Workspace.of(project.folder());
        this.schemas = new KeptSchemas(new Memory(new ProjectState(setup, project.folder()), workspace, setup.clock()));
        this.engine = setup.engines().open(Resources.UNSET, workspace.temporary());
        this.kept = engine.keepFiles();
        this.id = RunIds.next(setup.clock().instant());
    }

    /**
     * Looks and decides. Of pipelines that read one another, those that are read come first.
     *
     * @param statements whether the stages' SQL is wanted too
     */
    public LookAhead.Preview preview(
            PipelineSpec pipeline, Request request, boolean statements, Cancellation cancellation) {
        try (SqlInspector inspector = setup.engines().inspector();
                EngineSession session = engine.session(id, workspace.staging(id), cancellation)) {
            return new LookAhead(
                            project, setup.connectors(), session, setup.clock().instant(), id)
                    .preview(pipeline, request, statements, inspector, planned, schemas);
        }
    }

    @Override
    public void close() {
        kept.close();
        engine.close();
        workspace.remove(id);
        workspace.removeTemporary();
    }
}
