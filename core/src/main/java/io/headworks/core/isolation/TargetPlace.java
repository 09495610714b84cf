package io.headworks.core.isolation;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.target.Namespaces;
import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of a pipeline's target are: a file or folder in each copy's folder, or a database of its own on a server,
 * whose name is in a file of that folder, so that other processes find it.
 */
public final class TargetPlace {
    private static final List<String> FILES = List.of("duckdb", "parquet", "sqlite");
    private static final String PATH = "target";
    private static final String NAMESPACE = "target.name";

    private final Connection real;
    private final Connection server;
    private final Connector connector;

    private TargetPlace(Connection real, Connection server, Connector connector) {
        this.real = real;
        this.server = server;
        this.connector = connector;
    }

    /**
     * For one pipeline.
     *
     * @param in the connection to the server that has the databases; null for that of the target itself
     * @throws HeadworksException of kind PROJECT when there is no such place
     */
    public static TargetPlace of(Project project, PipelineSpec pipeline, Connectors connectors, @Nullable String in) {
        Connection real = Objects.requireNonNull(project.connections().get(pipeline.connection()));
        Connector connector = connectors.of(real);
        Connection server = in == null ? real : declared(project, pipeline, in);
        String type = connector.type().name();
        if (!connectors.of(server).type().name().equals(type)) {
            throw refused(
                    pipeline,
                    "the target is " + real + ", and --in names " + server + " (allowed: one of type " + type + ")");
        }
        if (in != null && FILES.contains(type)) {
            throw refused(pipeline, "the target " + real + " is a file or folder, which needs no --in");
        }
        return new TargetPlace(real, server, connector);
    }

    private static Connection declared(Project project, PipelineSpec pipeline, String name) {
        Connection connection = project.connections().get(name);
        if (connection == null) {
            throw refused(
                    pipeline,
                    "there is no connection '" + name + "' (connections: "
                            + String.join(", ", project.connections().keySet()) + ")");
        }
        return connection;
    }

    private static HeadworksException refused(PipelineSpec pipeline, String why) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot replay " + pipeline.name() + " in a place of its own: " + why);
    }

    /**
     * What makes the databases; empty where each copy has a file or folder.
     *
     * @throws HeadworksException of kind PROJECT where there is neither
     */
    public Optional<Namespaces> namespaces(PipelineSpec pipeline, String runId) {
        if (FILES.contains(connector.type().name())) {
            return Optional.empty();
        }
        Namespaces namespaces = connector
                .namespaces(server, runId)
                .orElseThrow(() -> refused(
                        pipeline,
                        "its target " + real
                                + " is neither a file or folder nor a server that makes databases (allowed: "
                                + String.join(", ", FILES) + ", postgresql, mysql; others not yet)"));
        boolean statements = pipeline.load().before() != null || pipeline.load().after() != null;
        if (statements && !namespaces.confinesStatements()) {
            throw refused(
                    pipeline,
                    "load.before and load.after run statements of yours, which could write into other"
                            + " databases of " + real + " (not yet)");
        }
        return Optional.of(namespaces);
    }

    /** Says which database the copy in a folder has. */
    public static void name(Path folder, String namespace) {
        try {
            Files.writeString(folder.resolve(NAMESPACE), namespace);
        } catch (IOException failed) {
            throw unkept(folder, failed);
        }
    }

    /** The connection of the copy in a folder, under the name of the real one. */
    public Connection in(Path folder) {
        Connection own;
        if (FILES.contains(connector.type().name())) {
            own = new Connection(real.name(), real.type(), folder, real.settings(), real.secrets()).with("path", PATH);
        } else {
            own = connector.within(server, namespace(folder));
        }
        return new Connection(real.name(), own.type(), own.projectFolder(), own.settings(), own.secrets());
    }

    private static String namespace(Path folder) {
        try {
            return Files.readString(folder.resolve(NAMESPACE));
        } catch (IOException failed) {
            throw unkept(folder, failed);
        }
    }

    private static HeadworksException unkept(Path folder, IOException failed) {
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot keep the name of a database in " + folder + ": " + IoReason.of(failed),
                null,
                failed);
    }
}
