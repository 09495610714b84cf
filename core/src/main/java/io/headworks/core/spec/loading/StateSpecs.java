package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.StateSpec;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.ConnectionKind;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.ProjectFormat;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads of headworks.yml only where the state is: what commands need that work without a valid project. A file that does
 * not mention it is not even parsed.
 */
public final class StateSpecs {
    private static final String KEY = "state";

    private final List<Connector> connectors;
    private final UnaryOperator<@Nullable String> environmentVariables;

    public StateSpecs(List<Connector> connectors) {
        this(connectors, System::getenv);
    }

    /** @param environmentVariables looks up {@code ${env:NAME}}; null when it is not set */
    StateSpecs(List<Connector> connectors, UnaryOperator<@Nullable String> environmentVariables) {
        this.connectors = List.copyOf(connectors);
        this.environmentVariables = environmentVariables;
    }

    /**
     * What the project's file says; empty when it says nothing, or when there is none.
     *
     * @throws HeadworksException of kind PROJECT when it says something that cannot be used
     */
    public Optional<StateSpec> read(Path project) {
        Path folder = project.toAbsolutePath().normalize();
        Path file = folder.resolve(HeadReader.FILE);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            boolean mentioned = new String(bytes, StandardCharsets.UTF_8).contains(KEY);
            return mentioned ? read(folder, YamlReader.read(HeadReader.FILE, bytes)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tell where the state is: " + file + ": " + IoReason.of(unreadable),
                    null,
                    unreadable);
        }
    }

    private Optional<StateSpec> read(Path folder, YamlReader.Documents documents) {
        Problems problems = new Problems();
        problems.addAll(documents.problems());
        Node state = part(documents, KEY);
        if (state == null) {
            requireNone(problems);
            return Optional.empty();
        }
        Placeholders placeholders = new Placeholders(folder, environmentVariables);
        Reading in = new Reading(problems, placeholders, Known.NOTHING, new ProjectFiles(folder));
        Connection connection = in.part(KEY, ConnectionKind.ofState(new ConnectionTypes(connectors)), state);
        Node project = part(documents, "project");
        ProjectFormat.Identity identity = project == null ? null : in.part("project", ProjectFormat.IDENTITY, project);
        requireNone(problems);
        if (connection == null || identity == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tell whose state it is: key 'project' is missing in " + HeadReader.FILE,
                    "hw validate shows what is wrong");
        }
        return Optional.of(new StateSpec(named(connection), identity.id(), placeholders.sensitive()));
    }

    private static Connection named(Connection read) {
        return new Connection(KEY, read.type(), read.projectFolder(), read.settings(), read.secrets());
    }

    private static @Nullable Node part(YamlReader.Documents documents, String key) {
        return documents.nodes().stream()
                .map(node -> node instanceof Node.Mapping map ? map.get(key) : null)
                .filter(node -> node != null)
                .findFirst()
                .orElse(null);
    }

    /** A file that cannot be read to its end may say further down where the state is. */
    private static void requireNone(Problems problems) {
        List<Problem> errors =
                problems.sorted().stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tell where the state is: " + errors.get(0),
                    "correct it; hw validate shows all that is wrong");
        }
    }
}
