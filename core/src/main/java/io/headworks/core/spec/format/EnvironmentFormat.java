package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.NodeKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.RawKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An environment; its name is the key. */
public final class EnvironmentFormat {
    private static final Key<Boolean> DEFAULT = Key.of(
                    "default", Scalars.BOOLEAN, "Whether it is used when none is named.")
            .byDefault(false, "false");
    private static final Key<Boolean> GUARD = Key.of(
                    "guard", Scalars.BOOLEAN, "Whether writing needs an approved plan, or --force REASON.")
            .byDefault(false, "false");
    private static final Key<Node.Mapping> VARIABLES = Key.of(
                    "variables", new RawKind(MapKind.of("variable", Scalars.TEXT)), "Values of variables.")
            .like("{country: IT}");

    private static final Key<Node> SCHEMA_PREFIX = Key.of(
                    "schema_prefix",
                    new NodeKind(Scalars.TEXT),
                    "Stands before the schema of every table that this project writes; before the table where there is no"
                            + " schema.")
            .like("\"ci_${env:BUILD}_\"");
    private static final Key<Node> READ_MISSING_FROM = Key.of(
                    "read_missing_from",
                    new NodeKind(Scalars.NAMED),
                    "An environment in which tables of the project are read, never written, that are not there in this one.")
            .like("prod");

    /** What may stand before a name. */
    public static final ScalarKind<String> PREFIX = ScalarKind.of(
            "prefix",
            "letters, digits and _",
            ScalarKind.Form.TEXT,
            text -> text.matches("[A-Za-z0-9_]{1,30}") ? text : null);

    private EnvironmentFormat() {}

    /** Read in two steps: what it says of variables, connections and other environments waits until they are known. */
    public record Draft(
            boolean isDefault,
            boolean guarded,
            Node.@Nullable Mapping variables,
            Node.@Nullable Mapping connections,
            @Nullable Node schemaPrefix,
            @Nullable Node readMissingFrom) {
        /** One that says nothing. */
        public static final Draft EMPTY = new Draft(false, false, null, null, null, null);
    }

    public static ObjectKind<Draft> kind(ConnectionKind connection) {
        Key<Node.Mapping> connections = Key.of(
                "connections",
                new RawKind(MapKind.of("connection", new ConnectionPartKind(connection))),
                "Connections that lie over those of the project: settings not named stay as they are, unless the type is another.");
        return ObjectKind.of(
                "environment",
                "A place where the project runs.",
                List.of(DEFAULT, GUARD, VARIABLES, connections, SCHEMA_PREFIX, READ_MISSING_FROM),
                v -> new Draft(
                        v.get(DEFAULT),
                        v.get(GUARD),
                        v.find(VARIABLES),
                        v.find(connections),
                        v.find(SCHEMA_PREFIX),
                        v.find(READ_MISSING_FROM)));
    }
}
