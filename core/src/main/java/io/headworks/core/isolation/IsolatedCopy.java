package io.headworks.core.isolation;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.Engine;
import io.headworks.api.load.Load;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.Extract;
import io.headworks.core.connection.Connectors;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunRecord;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunContext;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.RunSettings;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project of one pipeline that reads frozen batches and writes into a folder of its own. Stages, checks, load and names
 * are those of the original; nothing of the original's sources, targets, state or ledgers is opened.
 */
public final class IsolatedCopy {
    private final Project original;
    private final PipelineSpec pipeline;
    private final Map<String, Connection> connections;
    private final List<Connector> connectors;
    private final Workspace workspace;

    private IsolatedCopy(
            Project original,
            PipelineSpec pipeline,
            Map<String, Connection> connections,
            List<Connector> connectors,
            Path folder) {
        this.original = original;
        this.pipeline = isolated(pipeline);
        this.connections = connections;
        this.connectors = connectors;
        this.workspace = Workspace.of(folder);
    }

    /**
     * A copy each of whose connections is a file of the embedded engine.
     *
     * @param folder an existing one that only this copy uses
     */
    public static IsolatedCopy embedded(
            Project original, PipelineSpec pipeline, List<Connector> connectors, Path folder) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        original.connections()
                .keySet()
                .forEach(name -> connections.put(
                        name,
                        new Connection(
                                name, "duckdb", folder, Map.of("path", connections.size() + ".duckdb"), Map.of())));
        connections.put(FrozenConnector.NAME, FrozenConnector.connection(folder));
        return new IsolatedCopy(original, pipeline, connections, connectors, folder);
    }

    /**
     * A copy whose target is of the original's kind, in a place of its own; each other connection is a file of the
     * embedded engine. Its batches are already what {@code extract.where} lets through, and {@code max_change} does not hold:
     * its table may have only the keys of the batch, of which any batch changes a large share.
     *
     * @param target under the name of the pipeline's
     * @param folder an existing one that only this copy uses
     */
    public static IsolatedCopy sameKind(
            Project original, PipelineSpec pipeline, List<Connector> connectors, Connection target, Path folder) {
        IsolatedCopy embedded = embedded(original, filtered(pipeline), connectors, folder);
        embedded.connections.put(target.name(), target);
        return embedded;
    }

    private static PipelineSpec filtered(PipelineSpec pipeline) {
        ExtractSpec spec = pipeline.extract();
        Extract written = spec.extract();
        Extract all = new Extract(
                written.reading(),
                written.columns(),
                null,
                written.deletesWhen(),
                written.files(),
                written.knownTypes());
        return pipeline.loading(pipeline.load().with(Load.Breaker.NONE))
                .reading(new ExtractSpec(
                        spec.connection(),
                        spec.sourceSystem(),
                        all,
                        spec.incremental(),
                        spec.slice(),
                        spec.scan(),
                        spec.allowEmpty()));
    }

    /** The keys of a batch are not all keys of its source: nothing is found deleted by comparing them. */
    private static PipelineSpec isolated(PipelineSpec pipeline) {
        ExtractSpec extract = pipeline.extract();
        return pipeline.reading(new ExtractSpec(
                FrozenConnector.NAME,
                extract.sourceSystem(),
                extract.extract(),
                extract.incremental(),
                extract.slice(),
                null,
                extract.allowEmpty()));
    }

    public PipelineSpec pipeline() {
        return pipeline;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** What opens its connections when the source gives this. */
    public Connectors connectors(FrozenSource source) {
        List<Connector> all = new ArrayList<>(connectors);
        all.add(new FrozenConnector(source));
        return new Connectors(all);
    }

    public Project project() {
        return new Project(
                original.name(),
                original.id(),
                workspace.root(),
                original.environment(),
                null,
                List.of(original.environment()),
                original.variables(),
                connections,
                original.external(),
                Map.of(),
                List.of(pipeline),
                List.of(),
                List.of(),
                Contracts.NONE,
                List.of(),
                Graph.EMPTY,
                original.lintOff(),
                original.sensitive());
    }

    /** Runs the pipeline once, as {@code hw run} would; answers how it ended, whatever that is. */
    public RunRecord run(FrozenSource source, Engine engine, Request request, Clock clock, Cancellation cancellation) {
        RunContext context = new RunContext(
                project(),
                connectors(source),
                engine,
                workspace,
                new ForgetfulJournal(),
                RunEvents.NONE,
                cancellation,
                clock,
                "isolated");
        RunSettings settings = new RunSettings(request, "isolated", null, null, null);
        return new GraphRun(context, each -> settings, 1)
                .run(List.of(pipeline))
                .records()
                .get(0);
    }
}
