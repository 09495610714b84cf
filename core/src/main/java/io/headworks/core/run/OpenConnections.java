package io.headworks.core.run;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.Target;
import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The connections one run has open, each once, and the datasets bound through them. Closes them all. */
public final class OpenConnections implements AutoCloseable {
    private final Project project;
    private final Connectors connectors;
    private final EngineSession engine;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private int staged;

    public OpenConnections(Project project, Connectors connectors, EngineSession engine) {
        this.project = project;
        this.connectors = connectors;
        this.engine = engine;
    }

    public Source source(String connection) {
        Source open = sources.get(connection);
        if (open == null) {
            open = connectors.openSource(connection(connection), engine);
            sources.put(connection, open);
        }
        return open;
    }

    public Target target(String connection) {
        Target open = targets.get(connection);
        if (open == null) {
            open = connectors.openTarget(connection(connection), engine);
            targets.put(connection, open);
        }
        return open;
    }

    /** Lets go of a target, so that others may have its file; a later use opens it again. */
    public void release(String connection) {
        Target open = targets.remove(connection);
        if (open != null) {
            open.close();
        }
    }

    /** Gives every dataset that the pipeline names its meaning; its own table only when it exists. */
    public void bind(PipelineSpec pipeline) {
        for (DatasetUse use : pipeline.uses()) {
            DatasetName dataset = use.dataset();
            Connector connector = connectors.of(connection(connectionOf(dataset)));
            boolean own = dataset.equals(pipeline.writes());
            if (own && !target(pipeline.connection()).tables().contains(dataset.table())) {
                continue;
            }
            engine.bind(use.written(), connector.isTarget() ? stored(use) : staged(use));
        }
    }

    private Relation stored(DatasetUse use) {
        Target target = target(connectionOf(use.dataset()));
        if (!target.tables().contains(use.dataset().table())) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + use.dataset() + ": there is no such table yet",
                    use.producer() == null ? null : "run the pipeline that writes it first: hw run " + use.producer());
        }
        return target.read(use.dataset().table());
    }

    private Relation staged(DatasetUse use) {
        Source source = source(connectionOf(use.dataset()));
        Extract all = new Extract(new Extract.Reading.Table(use.dataset().table()), List.of(), null, null, null);
        SourceState state = source.observe(all, null);
        return engine.stage("dataset_" + ++staged, source.rows(all, state, null, state.files()))
                .rows();
    }

    private static String connectionOf(DatasetName dataset) {
        return Objects.requireNonNull(dataset.connection(), () -> "no connection is known for " + dataset);
    }

    private Connection connection(String name) {
        Connection connection = project.connections().get(name);
        if (connection == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot open connection '" + name + "': it is not declared");
        }
        return connection;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable open : closing()) {
            try {
                open.close();
            } catch (Exception failed) {
                if (failure == null) {
                    failure = new IllegalStateException("Cannot close a connection: " + failed.getMessage(), failed);
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        sources.clear();
        targets.clear();
        if (failure != null) {
            throw failure;
        }
    }

    private List<AutoCloseable> closing() {
        List<AutoCloseable> all = new java.util.ArrayList<>(sources.values());
        all.addAll(targets.values());
        return all;
    }
}
