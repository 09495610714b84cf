package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.AlertChannel;
import io.headworks.core.spec.Elsewhere;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.LintRule;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import io.headworks.core.spec.format.EnvironmentFormat;
import io.headworks.core.spec.format.LintFormat;
import io.headworks.core.spec.format.ProjectFormat;
import io.headworks.core.spec.yaml.Merge;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads headworks.yml, in the order in which its parts depend on one another. */
final class HeadReader {
    static final String FILE = "headworks.yml";

    private final Map<String, Node> parts;
    private final ConnectionTypes types;
    private final DocumentFormat format;
    private final ProjectFiles files;
    private final Problems problems;
    private final Placeholders plain;

    HeadReader(
            Map<String, Node> parts,
            ConnectionTypes types,
            DocumentFormat format,
            ProjectFiles files,
            Problems problems,
            Placeholders placeholders) {
        this.parts = parts;
        this.types = types;
        this.format = format;
        this.files = files;
        this.problems = problems;
        this.plain = placeholders;
    }

    ProjectHead read(@Nullable String wanted, Map<String, String> given) {
        Reading first = reading(plain, Known.NOTHING);
        ProjectFormat.Identity identity = identity(first);
        Map<String, EnvironmentFormat.Draft> drafts = environments(first);
        Environment environment = choose(wanted, drafts);
        EnvironmentFormat.Draft chosen = drafts.get(environment.name());

        Map<String, Variable> variables = new VariableValues(parts.get("variables"), first)
                .set(chosen == null ? null : chosen.variables())
                .set(given)
                .requireAll()
                .all();
        VariableValues others = new VariableValues(parts.get("variables"), reading(plain.unfilled(), Known.NOTHING));
        drafts.values().stream().filter(draft -> draft != chosen).forEach(draft -> others.check(draft.variables()));
        Placeholders placeholders = plain.with(variables);
        variables.values().stream()
                .filter(variable -> variable.secret() && variable.value() != null)
                .forEach(variable -> placeholders.sensitive().add(variable.value()));
        Map<String, Node> written = written(chosen);
        Map<String, Connection> connections = connections(written, reading(placeholders, Known.NOTHING));
        readOtherConnections(drafts, chosen, written, placeholders);
        readState(first);
        Environment placed = placed(environment, chosen, drafts, reading(placeholders, Known.NOTHING));
        Elsewhere elsewhere = elsewhere(placed, drafts, reading(placeholders, Known.NOTHING));
        Map<String, AlertChannel> channels = alertChannels(reading(placeholders, Known.NOTHING));
        Known known = known(written, channels);
        return new ProjectHead(
                identity,
                placed,
                elsewhere,
                listed(drafts),
                targets(drafts),
                variables,
                connections,
                external(reading(placeholders, known)),
                channels,
                lintOff(reading(placeholders, known)),
                defaults(),
                known,
                placeholders);
    }

    /** The environment with what it says of its own tables and of other environments. */
    private Environment placed(
            Environment environment,
            EnvironmentFormat.@Nullable Draft draft,
            Map<String, EnvironmentFormat.Draft> all,
            Reading in) {
        if (draft == null) {
            return environment;
        }
        Node from = draft.readMissingFrom();
        String other = from == null ? null : in.text(from, "the name of an environment");
        if (from != null && other != null && (!all.containsKey(other) || other.equals(environment.name()))) {
            problems.error(
                    from.place(),
                    "unknown-environment",
                    "Cannot read what is missing in " + environment.name() + " from '" + other
                            + "': it is " + (all.containsKey(other) ? "the same" : "not known") + " (allowed: "
                            + String.join(
                                    ", ",
                                    all.keySet().stream()
                                            .filter(name -> !name.equals(environment.name()))
                                            .toList())
                            + ")",
                    null);
            other = null;
        }
        return new Environment(
                environment.name(), environment.isDefault(), environment.guarded(), prefix(draft, in), other);
    }

    private static String prefix(EnvironmentFormat.Draft draft, Reading in) {
        Node node = draft.schemaPrefix();
        String prefix = node == null ? "" : in.part("schema_prefix", EnvironmentFormat.PREFIX, node);
        return prefix == null ? "" : prefix;
    }

    /** Connections of the environment that stands in for this one; null for none. */
    private @Nullable Elsewhere elsewhere(
            Environment environment, Map<String, EnvironmentFormat.Draft> drafts, Reading in) {
        String other = environment.readMissingFrom();
        EnvironmentFormat.Draft draft = other == null ? null : drafts.get(other);
        if (other == null || draft == null) {
            return null;
        }
        return new Elsewhere(
                new Environment(other, draft.isDefault(), draft.guarded(), prefix(draft, in), null),
                connections(written(draft), in));
    }

    private Reading reading(Placeholders placeholders, Known known) {
        return new Reading(problems, placeholders, known, files);
    }

    private ProjectFormat.Identity identity(Reading in) {
        Node node = parts.get("project");
        ProjectFormat.Identity identity = node == null ? null : in.part("project", ProjectFormat.IDENTITY, node);
        if (node == null) {
            problems.error(
                    Place.of(FILE),
                    "no-project",
                    "Cannot read the project: key 'project' is missing in " + FILE,
                    "add project: {name: my_project, id: " + UUID.randomUUID() + "}");
        }
        return identity == null ? new ProjectFormat.Identity("", "") : identity;
    }

    private Map<String, EnvironmentFormat.Draft> environments(Reading in) {
        Map<String, EnvironmentFormat.Draft> drafts = new LinkedHashMap<>();
        eachEntry("environments", (name, node) -> {
            EnvironmentFormat.Draft draft = in.part("environments." + name, format.environment(), node);
            drafts.put(name, draft == null ? EnvironmentFormat.Draft.EMPTY : draft);
        });
        List<String> defaults =
                drafts.keySet().stream().filter(name -> isDefault(drafts, name)).toList();
        if (defaults.size() > 1) {
            problems.error(
                    place("environments", defaults.get(1)),
                    "duplicate-name",
                    "Cannot use two default environments: " + String.join(", ", defaults),
                    null);
        }
        return drafts;
    }

    private static boolean isDefault(Map<String, EnvironmentFormat.Draft> drafts, String name) {
        EnvironmentFormat.Draft draft = drafts.get(name);
        return draft != null && draft.isDefault();
    }

    private Environment choose(@Nullable String wanted, Map<String, EnvironmentFormat.Draft> drafts) {
        if (wanted != null
                && !drafts.containsKey(wanted)
                && !(drafts.isEmpty() && wanted.equals(Environment.NONE.name()))) {
            String nearest = Nearest.to(wanted, drafts.keySet());
            problems.error(
                    Place.of(FILE),
                    "unknown-environment",
                    "Cannot use environment '" + wanted + "': it is not known (allowed: "
                            + (drafts.isEmpty() ? "none is declared" : String.join(", ", drafts.keySet())) + ")",
                    nearest == null ? null : "did you mean '" + nearest + "'?");
            return Environment.NONE;
        }
        List<Environment> all = listed(drafts);
        Predicate<Environment> fits =
                wanted == null ? Environment::isDefault : each -> each.name().equals(wanted);
        Environment found = all.stream().filter(fits).findFirst().orElse(null);
        if (found == null && !all.isEmpty()) {
            problems.error(
                    Place.of(FILE),
                    "no-environment",
                    "Cannot choose an environment: none is the default (allowed: " + String.join(", ", drafts.keySet())
                            + ")",
                    "name one with --env, or write default: true");
        }
        return found == null ? Environment.NONE : found;
    }

    private static List<Environment> listed(Map<String, EnvironmentFormat.Draft> drafts) {
        List<Environment> environments = new ArrayList<>();
        drafts.forEach(
                (name, draft) -> environments.add(new Environment(name, draft.isDefault(), draft.guarded(), "", null)));
        return environments;
    }

    /** Connections as they are written for an environment: its own lie over the project's, or replace one of another type. */
    private Map<String, Node> written(EnvironmentFormat.@Nullable Draft environment) {
        Map<String, Node> written = new LinkedHashMap<>();
        eachEntry("connections", written::put);
        if (environment != null && environment.connections() != null) {
            environment
                    .connections()
                    .entries()
                    .forEach(entry -> written.merge(entry.name(), entry.value(), HeadReader::over));
        }
        return written;
    }

    private static Node over(Node base, Node own) {
        if (!(base instanceof Node.Mapping below) || !(own instanceof Node.Mapping above)) {
            return own;
        }
        boolean other = above.get("type") instanceof Node.Scalar type
                && below.get("type") instanceof Node.Scalar replaced
                && !type.text().equals(replaced.text());
        return other ? own : Merge.over(below, above);
    }

    private Map<String, Connection> connections(Map<String, Node> written, Reading in) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        written.forEach((name, node) -> {
            Connection read = in.part("connections." + name, format.connection(), node);
            if (read != null) {
                connections.put(
                        name, new Connection(name, read.type(), read.projectFolder(), read.settings(), read.secrets()));
            }
        });
        return connections;
    }

    /** What the chosen environment does not use is checked too, though nothing is looked up for it. */
    private void readOtherConnections(
            Map<String, EnvironmentFormat.Draft> drafts,
            EnvironmentFormat.@Nullable Draft chosen,
            Map<String, Node> used,
            Placeholders placeholders) {
        Reading unfilled = reading(placeholders.unfilled(), Known.NOTHING);
        drafts.values().stream()
                .filter(draft -> draft != chosen)
                .forEach(draft -> written(draft).forEach((name, node) -> {
                    if (used.get(name) != node) {
                        unfilled.part("connections." + name, format.connection(), node);
                    }
                }));
    }

    /** It is found by {@link StateSpecs}, which commands need that do not read the project; here it is checked. */
    private void readState(Reading in) {
        Node state = parts.get("state");
        if (state != null) {
            in.part("state", format.state(), state);
        }
    }

    private Map<String, ProjectHead.EnvironmentTargets> targets(Map<String, EnvironmentFormat.Draft> drafts) {
        Map<String, ProjectHead.EnvironmentTargets> targets = new LinkedHashMap<>();
        eachEntry(
                "environments",
                (name, node) -> targets.put(name, new ProjectHead.EnvironmentTargets(node, written(drafts.get(name)))));
        return targets;
    }

    private Map<String, AlertChannel> alertChannels(Reading in) {
        Map<String, AlertChannel> channels = new LinkedHashMap<>();
        eachEntry("alert_channels", (name, node) -> {
            AlertChannel read = in.part("alert_channels." + name, ProjectFormat.ALERT_CHANNEL, node);
            channels.put(
                    name, new AlertChannel(name, read == null ? "" : read.type(), read == null ? null : read.url()));
        });
        return channels;
    }

    private Known known(Map<String, Node> written, Map<String, AlertChannel> channels) {
        List<String> names = List.copyOf(written.keySet());
        return new Known(
                names,
                names.stream()
                        .filter(name -> can(written.get(name), Connector::isSource))
                        .toList(),
                names.stream()
                        .filter(name -> can(written.get(name), Connector::readsEngineSql))
                        .toList(),
                names.stream()
                        .filter(name -> can(written.get(name), Connector::isTarget))
                        .toList(),
                List.copyOf(channels.keySet()));
    }

    /** A connection whose type is wrong is taken for usable: its own problem is enough. */
    private boolean can(@Nullable Node connection, Predicate<Connector> ability) {
        Node type = connection instanceof Node.Mapping map ? map.get("type") : null;
        Connector connector = type instanceof Node.Scalar scalar ? types.find(scalar.text()) : null;
        return connector == null || ability.test(connector);
    }

    private Set<LintRule> lintOff(Reading in) {
        Node node = parts.get("lint");
        List<LintRule> off = node == null ? null : in.part("lint", LintFormat.KIND, node);
        return off == null ? Set.of() : Set.copyOf(off);
    }

    private List<DatasetName> external(Reading in) {
        Node node = parts.get("external");
        List<DatasetName> external = node == null ? null : in.part("external", ProjectFormat.EXTERNAL, node);
        return external == null ? List.of() : external;
    }

    private Node.@Nullable Mapping defaults() {
        Node node = parts.get("defaults");
        if (node instanceof Node.Mapping map) {
            Node.Entry name = map.entry("name");
            if (name != null) {
                problems.error(
                        name.key().place(),
                        "unknown-key",
                        "Cannot use defaults.name: each pipeline has a name of its own",
                        null);
            }
            return map;
        }
        if (node != null) {
            problems.error(
                    node.place(),
                    "wrong-type",
                    "Cannot use defaults: it is " + node.kind() + " (allowed: a map)",
                    null);
        }
        return null;
    }

    private interface EntryReader {
        void read(String name, Node node);
    }

    private void eachEntry(String part, EntryReader reader) {
        Node node = parts.get(part);
        if (node instanceof Node.Mapping map) {
            map.entries().forEach(entry -> reader.read(entry.name(), entry.value()));
        } else if (node != null) {
            problems.error(
                    node.place(),
                    "wrong-type",
                    "Cannot use " + part + ": it is " + (node.isNull() ? "empty" : node.kind())
                            + " (allowed: a map by name)",
                    null);
        }
    }

    private Place place(String part, String name) {
        Node node = parts.get(part);
        Node.Entry entry = node instanceof Node.Mapping map ? map.entry(name) : null;
        return entry == null ? Place.of(FILE) : entry.key().place();
    }
}
