package io.headworks.core.run;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.Target;
import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Elsewhere;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.ModelSpec.RunOn;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The connections one run has open, each once, and the datasets bound through them. Closes them all. */
public final class OpenConnections implements AutoCloseable {
    private final Project project;
    private final Connectors connectors;
    private final EngineSession engine;
    private final PlannedTables planned;
    private final KeptSources kept;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Set<String> readElsewhere = new TreeSet<>();
    private final Set<String> readAhead = new TreeSet<>();
    private final Map<DatasetName, Relation> bound = new LinkedHashMap<>();
    private int staged;

    public OpenConnections(Project project, Connectors connectors, EngineSession engine) {
        this(project, connectors, engine, new PlannedTables(), new KeptSources());
    }

    /** @param planned tables that stand for those that are there; nothing may be loaded through these connections then */
    OpenConnections(Project project, Connectors connectors, EngineSession engine, PlannedTables planned) {
        this(project, connectors, engine, planned, new KeptSources());
    }

    /** @param kept sources of earlier runs, and by {@link #rest} of later ones */
    OpenConnections(Project project, Connectors connectors, EngineSession engine, KeptSources kept) {
        this(project, connectors, engine, new PlannedTables(), kept);
    }

    private OpenConnections(
            Project project, Connectors connectors, EngineSession engine, PlannedTables planned, KeptSources kept) {
        this.project = project;
        this.connectors = connectors;
        this.engine = engine;
        this.planned = planned;
        this.kept = kept;
    }

    public Source source(String connection) {
        Source open = sources.get(connection);
        return open == null ? source(connection, connection(connection)) : open;
    }

    private Source source(String name, Connection connection) {
        Source rested = kept.take(name);
        Source open = rested == null ? connectors.openSource(connection, engine) : rested;
        sources.put(name, open);
        return open;
    }

    /** Leaves sources that can rest to the next run; called at the end of a run that went well. */
    void rest() {
        sources.entrySet().removeIf(entry -> kept.keep(entry.getKey(), entry.getValue()));
    }

    /** Where the rows of a pipeline's extract come from. */
    Source source(PipelineSpec pipeline, Instant now) {
        String connection = pipeline.extract().connection();
        if (!(pipeline.extract().extract().reading() instanceof Extract.Reading.Table read)) {
            return source(connection);
        }
        DatasetName dataset = new DatasetName(connection, read.name());
        return planned.of(dataset)
                .<Source>map(table -> {
                    readAhead(dataset, table);
                    return new PlannedSource(source(connection), read.name(), table, now);
                })
                .orElseGet(() -> source(connection));
    }

    private void readAhead(DatasetName dataset, PlannedTables.Table table) {
        readAhead.add("planned over the columns that " + table.pipeline() + " will give " + dataset);
    }

    /** Has the source of a run stand for a connection that no project can declare. */
    void give(String connection, Source source) {
        sources.put(connection, source);
    }

    /** The rows of a dataset that {@link #bind} has given its meaning. */
    Relation bound(DatasetName dataset) {
        return Objects.requireNonNull(bound.get(dataset), () -> dataset + " is not bound");
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
            ModelSpec model = pipeline.extract().model();
            if (model != null
                    && model.runOn() == RunOn.TARGET
                    && model.selected().contains(use.written())) {
                continue;
            }
            boolean own = dataset.equals(pipeline.writes());
            if (own && !isThere(target(pipeline.connection()), dataset.table())) {
                continue;
            }
            Relation rows = connector.isTarget() ? stored(use) : staged(use);
            Relation seen = model == null ? rows : AuditColumnsHidden.from(rows, use, model, project);
            bound.put(dataset, seen);
            bind(use, seen);
        }
    }

    private void bind(DatasetUse use, Relation rows) {
        if (engine instanceof HistoryEngine histories) {
            histories.bind(use.written(), rows, use.load());
        } else {
            engine.bind(use.written(), rows);
        }
    }

    private Relation stored(DatasetUse use) {
        PlannedTables.@Nullable Table made = planned.of(use.dataset()).orElse(null);
        if (made != null) {
            readAhead(use.dataset(), made);
            return engine.empty(made.columns());
        }
        Target target = target(connectionOf(use.dataset()));
        if (!isThere(target, use.dataset().table())) {
            Relation standIn = use.producer() == null ? null : elsewhere(use);
            if (standIn != null) {
                return standIn;
            }
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + use.dataset() + ": there is no such table yet",
                    use.producer() == null ? null : "run the pipeline that writes it first: hw run " + use.producer());
        }
        return target.read(use.dataset().table());
    }

    /** Under its name, or under what stands for it there. */
    public static boolean isThere(Target target, TableName table) {
        return target.tables()
                .contains(
                        new TableName(table.schema(), target.abilities().names().fitted(table.table())));
    }

    private Relation staged(DatasetUse use) {
        return staged(source(connectionOf(use.dataset())), use.dataset().table());
    }

    private Relation staged(Source source, TableName table) {
        Extract all = new Extract(new Extract.Reading.Table(table), List.of(), null, null, null);
        SourceState state = source.observe(all, null);
        return engine.stage("dataset_" + ++staged, source.rows(all, state, null, state.files()))
                .rows();
    }

    /** The same table where the environment says that missing ones are read, by a connection that can only read; null for nowhere. */
    private @Nullable Relation elsewhere(DatasetUse use) {
        Elsewhere other = project.elsewhere();
        String name = connectionOf(use.dataset());
        Connection connection = other == null ? null : other.connections().get(name);
        if (other == null || connection == null) {
            return null;
        }
        if (!connectors.of(connection).isSource()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + use.written() + " from environment "
                            + other.environment().name() + ": connections of type " + connection.type()
                            + " are no source, and nothing may be opened there to be written",
                    "build it here: hw run " + use.producer());
        }
        TableName table = other.environment().place(use.written().table());
        String key = name + "@" + other.environment().name();
        Source known = sources.get(key);
        Source source = known == null ? source(key, connection) : known;
        readElsewhere.add(use.written() + " (" + other.environment().name() + ")");
        return staged(source, table);
    }

    /** Tables that were read in another environment because they are not there in this one. */
    public List<String> readElsewhere() {
        return List.copyOf(readElsewhere);
    }

    /** Tables that are planned over because they are not there yet, or not as they will be: a sentence each. */
    List<String> readAhead() {
        return List.copyOf(readAhead);
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
