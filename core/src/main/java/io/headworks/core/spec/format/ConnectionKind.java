package io.headworks.core.spec.format;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Setting;
import io.headworks.api.secret.Secret;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.MappedKind;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection, or where the state is kept: its settings are those its type declares. The name is filled in by who knows
 * it.
 */
public final class ConnectionKind implements Kind<Connection> {
    private final String what;
    private final List<ConnectionType> types;
    private final @Nullable String hint;
    private final Map<String, ObjectKind<Connection>> kinds = new LinkedHashMap<>();

    /** @param hint what to do where a type is not known and none is near */
    private ConnectionKind(String what, List<ConnectionType> types, @Nullable String hint) {
        this.what = what;
        this.types = types;
        this.hint = hint;
    }

    public static ConnectionKind of(ConnectionTypes types) {
        return new ConnectionKind("connection", types.types(), null);
    }

    public static ConnectionKind ofState(ConnectionTypes types) {
        return new ConnectionKind(
                "state", types.stateTypes(), "leave state out to keep it in .headworks/state.db, a file of SQLite");
    }

    private List<String> names() {
        return types.stream().map(ConnectionType::name).toList();
    }

    private @Nullable ConnectionType find(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name) || type.aliases().contains(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Connection read(Node node, Reading in) {
        if (!(node instanceof Node.Mapping map)) {
            in.refuse(
                    node,
                    "wrong-type",
                    "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a map with type)",
                    null);
            return null;
        }
        Node type = map.get("type");
        if (type == null) {
            in.refuse(map, "missing-key", "key 'type' is missing", "add type: one of " + String.join(", ", names()));
            return null;
        }
        ConnectionType known = in.part("type", new TypeKind(), type);
        return known == null ? null : kind(known).read(map, in);
    }

    /** The value of {@code type:}. */
    private final class TypeKind implements Kind<ConnectionType> {
        @Override
        public @Nullable ConnectionType read(Node node, Reading in) {
            String name = in.text(node, label());
            ConnectionType type = name == null ? null : find(name);
            if (name != null && type == null) {
                unknown(name, node, in);
            }
            return type;
        }

        private void unknown(String name, Node node, Reading in) {
            if (ConnectionTypes.comesLater(name)) {
                in.refuse(
                        node,
                        "not-yet",
                        what + "s of type " + name + " are not built yet (allowed: " + label() + ")",
                        null);
                return;
            }
            String nearest = Nearest.to(name, names());
            in.refuse(
                    node,
                    "unknown-connection-type",
                    "'" + name + "' is not known (allowed: " + label() + ")",
                    nearest == null ? hint : "did you mean '" + nearest + "'?");
        }

        @Override
        public String label() {
            return String.join(", ", names());
        }

        @Override
        public Map<String, Object> schema(JsonSchemas schemas) {
            return Map.of("enum", names());
        }
    }

    private ObjectKind<Connection> kind(ConnectionType type) {
        return kinds.computeIfAbsent(type.name(), name -> objectKind(what, type));
    }

    private static ObjectKind<Connection> objectKind(String what, ConnectionType type) {
        List<Key<?>> keys = new ArrayList<>();
        keys.add(Key.of("type", Scalars.TEXT, "Always " + type.name() + ".")
                .mandatory()
                .like(type.name()));
        Map<Setting, Key<?>> settings = new LinkedHashMap<>();
        for (Setting setting : type.settings()) {
            Key<?> key = key(setting);
            settings.put(setting, key);
            keys.add(key);
        }
        return ObjectKind.of(
                what + " " + type.name(), type.description(), keys, values -> bind(type, settings, values));
    }

    private static Connection bind(ConnectionType type, Map<Setting, Key<?>> settings, Values values) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Secret> secrets = new LinkedHashMap<>();
        settings.forEach((setting, key) -> {
            Object value = values.find(key);
            if (value instanceof Secret secret) {
                secrets.put(setting.key(), secret);
            } else if (value instanceof String text) {
                texts.put(setting.key(), text);
            }
        });
        return new Connection("", type.name(), values.in().files().folder(), texts, secrets);
    }

    private static Key<?> key(Setting setting) {
        if (setting.isSecret()) {
            Key<Secret> key = Key.of(setting.key(), Scalars.SECRET, setting.description());
            return finished(key, setting);
        }
        Key<String> key = Key.of(setting.key(), text(setting), setting.description());
        String usual = setting.defaultValue();
        return finished(usual == null ? key : key.byDefault(usual, usual), setting);
    }

    private static <T> Key<T> finished(Key<T> key, Setting setting) {
        Key<T> needed = setting.required() ? key.mandatory() : key;
        String example = setting.example();
        return example == null ? needed : needed.like(example);
    }

    private static Kind<String> text(Setting setting) {
        return switch (setting.kind()) {
            case TEXT, SECRET -> Scalars.TEXT;
            case INTEGER -> MappedKind.of(Scalars.COUNT, String::valueOf);
            case BOOLEAN -> MappedKind.of(Scalars.BOOLEAN, String::valueOf);
            case CHOICE -> choice(setting);
            case PATH -> Scalars.PATH.hearing(ConnectionKind::staysInside);
            case DURATION ->
                checked(
                        "duration",
                        "a whole number and s, m, h, d or w, as 30s",
                        text -> Scalars.duration(text) != null);
            case SIZE -> checked("size", "a number and KB, MB or GB, as 64MB", text -> Scalars.size(text) != null);
        };
    }

    private static Kind<String> choice(Setting setting) {
        Map<String, String> words = new LinkedHashMap<>();
        setting.allowed().forEach(word -> words.put(word, word));
        return ChoiceKind.of(words);
    }

    private static Kind<String> checked(String label, String allowed, java.util.function.Predicate<String> test) {
        return ScalarKind.of(label, allowed, Form.TEXT, text -> test.test(text) ? text : null);
    }

    private static boolean staysInside(String path, Node.Scalar node, Reading in) {
        java.nio.file.Path folder = in.files().folder();
        boolean inside = java.nio.file.Path.of(path).isAbsolute()
                || folder.resolve(path).normalize().startsWith(folder);
        if (!inside) {
            in.refuse(
                    node,
                    "invalid-value",
                    "'" + path + "' leaves the project's folder (allowed: a path inside it, or an absolute one)",
                    null);
        }
        return inside;
    }

    @Override
    public String label() {
        return what;
    }

    @Override
    public void describe(Glossary glossary) {
        types.forEach(type -> kind(type).describe(glossary));
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        List<Object> options = new ArrayList<>();
        for (ConnectionType type : types) {
            List<String> names = new ArrayList<>(List.of(type.name()));
            names.addAll(type.aliases());
            options.add(Map.of(
                    "allOf",
                    List.of(kind(type).schema(schemas), Map.of("properties", Map.of("type", Map.of("enum", names))))));
        }
        return options.isEmpty() ? Map.of("not", Map.of()) : Map.of("anyOf", options);
    }
}
