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
            "project",
            "variables",
            "defaults",
            "connections",
            "environments",
            "state",
            "external",
            "alert_channels",
            "lint");

    private final ConnectionKind connection;
    private final ConnectionKind state;
    private final ObjectKind<EnvironmentFormat.Draft> environment;
    private final ObjectKind<Map<String, Node>> kind;

    public DocumentFormat(ConnectionTypes types) {
        connection = ConnectionKind.of(types);
        state = ConnectionKind.ofState(types);
        environment = EnvironmentFormat.kind(connection);
        List<Key<Node>> keys = List.of(
                key("project", ProjectFormat.IDENTITY, "The project itself; in headworks.yml."),
                key("variables", MapKind.of("variable", VariableFormat.KIND), "Variables, by name; in headworks.yml."),
                key(
                        "defaults",
                        new PartialKind(() -> PipelineFormat.KIND),
                        "What pipelines say unless they say otherwise: all of them in headworks.yml, those of a folder and below in its"
                                + " defaults.yml, those of a file in any other."),
                key("connections", MapKind.of("connection", connection), "Connections, by name; in headworks.yml."),
                key("environments", MapKind.of("environment", environment), "Environments, by name; in headworks.yml."),
                key(
                        "state",
                        state,
                        "Where runs are remembered, when several machines share it; in headworks.yml. Default: the file"
                                + " .headworks/state.db."),
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
                key("checks", ChecksFormat.KIND, "Checks of a table."),
                key("tests", TestsFormat.KIND, "Tests of pipelines."),
                key("contract", ContractFormat.KIND, "A contract: what is promised of a table."),
                key(
                        "published_contract",
                        ContractFormat.KIND,
                        "A contract as it was published; hw contract publish writes it."),
                key(
                        "contract_notice",
                        NoticeFormat.KIND,
                        "The notice of a breaking change; hw contract notice writes it."),
                key(
                        "models",
                        MapKind.of("model", new PartialKind(() -> ModelFormat.SETTINGS)),
                        "SQL models, by name; in a file below models/, where defaults are those of its folder."));
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

    public ConnectionKind state() {
        return state;
    }

    public ObjectKind<EnvironmentFormat.Draft> environment() {
        return environment;
    }

    private static Key<Node> key(String name, Kind<?> later, String description) {
        return Key.of(name, new NodeKind(later), description);
    }

    private static List<Key<?>> withLater(List<Key<Node>> keys) {
        List<Key<?>> all = new java.util.ArrayList<>(keys);
        all.add(Key.later("fact_table", "dimensional models"));
        all.add(Key.later("dimensions", "dimensional models"));
        all.add(Key.later("dataset", "the catalogue"));
        all.add(Key.later("feature_store", "the feature store"));
        return all;
    }
}
