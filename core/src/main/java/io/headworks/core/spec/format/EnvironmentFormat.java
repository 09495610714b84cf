package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.RawKind;
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

    private EnvironmentFormat() {}

    /** Read in two steps: what it says of variables and connections waits until they are known. */
    public record Draft(
            boolean isDefault, boolean guarded, Node.@Nullable Mapping variables, Node.@Nullable Mapping connections) {}

    public static ObjectKind<Draft> kind(ConnectionKind connection) {
        Key<Node.Mapping> connections = Key.of(
                "connections",
                new RawKind(MapKind.of("connection", connection)),
                "Connections that replace those of the project.");
        return ObjectKind.of(
                "environment",
                "A place where the project runs.",
                List.of(
                        DEFAULT,
                        GUARD,
                        VARIABLES,
                        connections,
                        Key.later("schema_prefix", "prefixes of environments"),
                        Key.later("read_missing_from", "reading from another environment")),
                v -> new Draft(v.get(DEFAULT), v.get(GUARD), v.find(VARIABLES), v.find(connections)));
    }
}
