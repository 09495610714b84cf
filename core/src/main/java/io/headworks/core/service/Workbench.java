package io.headworks.core.service;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.Project;
import org.jspecify.annotations.Nullable;

/** A project and an engine that starts when it is first needed: what use cases that look at data work with. */
public final class Workbench implements AutoCloseable {
    private final Setup setup;
    private final Project project;
    private final Workspace workspace;
    private final Cancellation cancellation;
    private @Nullable Engine engine;

    public Workbench(Setup setup, Project project, Cancellation cancellation) {
        this.setup = setup;
        this.project = project;
        this.workspace = Workspace.of(project.folder());
        this.cancellation = cancellation;
    }

    public Setup setup() {
        return setup;
    }

    public Project project() {
        return project;
    }

    public Workspace workspace() {
        return workspace;
    }

    public ProjectState state() {
        return new ProjectState(setup, project.folder());
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** An engine session with the project's connections. */
    public Session open() {
        String id = RunIds.next(setup.clock().instant());
        EngineSession session = engine().session(id, workspace.staging(id), cancellation);
        return new Session(session, new OpenConnections(project, setup.connectors(), session), workspace, id);
    }

    /** Reads SQL with the engine that {@link #open} uses. */
    SqlInspector inspector() {
        return engine().inspector();
    }

    private synchronized Engine engine() {
        Engine open = engine;
        if (open == null) {
            open = setup.engines().open(Resources.UNSET, workspace.temporary());
            engine = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
            engine = null;
            workspace.removeTemporary();
        }
    }

    /** What {@link #open} opened; its work storage goes with it. */
    public record Session(EngineSession engine, OpenConnections connections, Workspace workspace, String id)
            implements AutoCloseable {
        @Override
        public void close() {
            try {
                connections.close();
            } finally {
                try {
                    engine.close();
                } finally {
                    workspace.remove(id);
                }
            }
        }
    }
}
