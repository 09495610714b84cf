package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.NodeKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.PartialKind;
import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document: its top-level key says what it is. */
public final class DocumentFormat {
    /** Keys of headworks.yml alone, in the order in which they are read. */
    public static final List<String> OF_PROJECT = List.of(
            "project", "variables", "defaults", "connections", "environments", "external", "alert_channels", "lint");

    private final ConnectionKind connection;
    private final ObjectKind<EnvironmentFormat.Draft> environment;
    private final ObjectKind<Map<String, Node>> kind;

    public DocumentFormat(ConnectionTypes types) {
        connection = new ConnectionKind(types);
        environment = EnvironmentFormat.kind(connection);
        List<Key<Node>> keys = List.of(
                key("project", ProjectFormat.IDENTITY, "The project itself; in headworks.yml."),
                key("variables", MapKind.of("variable", VariableFormat.KIND), "Variables, by name; in headworks.yml."),
                key(
                        "defaults",
                        new PartialKind(PipelineFormat.KIND),
                        "What pipelines say unless they say otherwise; in headworks.yml."),
                key("connections", MapKind.of("connection", connection), "Connections, by name; in headworks.yml."),
                key("environments", MapKind.of("environment", environment), "Environments, by name; in headworks.yml."),
                key(
                        "external",
                        ProjectFormat.EXTERNAL,
                        "Datasets that come from outside the project; in headworks.yml."),
                key(
                        "alert_channels",
                        MapKind.of("alert channel", ProjectFormat.ALERT_CHANNEL),
                        "Where alerts go, by name; in headworks.yml."),
                key("lint", LintFormat.KIND, "What hw lint leaves out; in headworks.yml."),
                key("pipeline", PipelineFormat.KIND, "A pipeline."),
                key("checks", ChecksFormat.KIND, "Checks of a table."));
        kind = ObjectKind.of(
                "project file", "A YAML document: its top-level key says what it is.", withLater(keys), values -> {
                    Map<String, Node> found = new LinkedHashMap<>();
                    keys.stream().filter(values::has).forEach(key -> found.put(key.name(), values.get(key)));
                    return found;
                });
    }

    /** The parts of a document by key, each still to be read. */
    public ObjectKind<Map<String, Node>> kind() {
        return kind;
    }

    public ConnectionKind connection() {
        return connection;
    }

    public ObjectKind<EnvironmentFormat.Draft> environment() {
        return environment;
    }

    private static Key<Node> key(String name, Kind<?> later, String description) {
        return Key.of(name, new NodeKind(later), description);
    }

    private static List<Key<?>> withLater(List<Key<Node>> keys) {
        List<Key<?>> all = new java.util.ArrayList<>(keys);
        all.add(Key.later("contract", "contracts"));
        all.add(Key.later("tests", "tests of pipelines"));
        all.add(Key.later("models", "SQL models"));
        all.add(Key.later("fact_table", "dimensional models"));
        all.add(Key.later("dimensions", "dimensional models"));
        all.add(Key.later("dataset", "the catalogue"));
        all.add(Key.later("feature_store", "the feature store"));
        return all;
    }
}
