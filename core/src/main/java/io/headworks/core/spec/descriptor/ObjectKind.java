package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map with described keys, bound to a value. */
public final class ObjectKind<T> implements Kind<T>, Described {
    private final String name;
    private final String description;
    private final List<Key<?>> keys;
    private final Function<Values, @Nullable T> binder;
    private final @Nullable Key<?> shortFor;
    private final @Nullable Kind<?> rest;
    private final Map<String, Key<?>> byName = new LinkedHashMap<>();
    private final Map<String, String> removed;
    private final @Nullable Shared shared;

    private ObjectKind(
            String name,
            String description,
            List<Key<?>> keys,
            Function<Values, @Nullable T> binder,
            @Nullable Key<?> shortFor,
            @Nullable Kind<?> rest,
            Map<String, String> removed,
            @Nullable Shared shared) {
        this.name = name;
        this.description = description;
        this.keys = List.copyOf(keys);
        this.binder = binder;
        this.shortFor = shortFor;
        this.rest = rest;
        this.removed = removed;
        this.shared = shared;
        for (Key<?> key : keys) {
            byName.put(key.name(), key);
            key.accepted().forEach(other -> byName.put(other, key));
            key.renamed().forEach(other -> byName.put(other, key));
        }
    }

    /**
     * A map with these keys.
     *
     * @param binder may answer null when it reported a problem
     */
    public static <T> ObjectKind<T> of(
            String name, String description, List<Key<?>> keys, Function<Values, @Nullable T> binder) {
        return new ObjectKind<>(name, description, keys, binder, null, null, Map.of(), null);
    }

    /** A value that is no map stands for this key alone. */
    public ObjectKind<T> shortFor(Key<?> key) {
        return new ObjectKind<>(name, description, keys, binder, key, rest, removed, shared);
    }

    /** Any other key is a column or another name of the user's, with values of this kind. */
    public ObjectKind<T> others(Kind<?> kind) {
        return new ObjectKind<>(name, description, keys, binder, shortFor, kind, removed, shared);
    }

    /** Takes keys that other objects take too. */
    public ObjectKind<T> sharing(Shared common) {
        List<Key<?>> all = new ArrayList<>(keys);
        all.addAll(common.keys());
        return new ObjectKind<>(name, description, all, binder, shortFor, rest, removed, common);
    }

    /** A key there once was, and what to do about it. */
    public ObjectKind<T> removed(String key, String advice) {
        Map<String, String> more = new LinkedHashMap<>(removed);
        more.put(key, advice);
        return new ObjectKind<>(name, description, keys, binder, shortFor, rest, more, shared);
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        if (node instanceof Node.Mapping map) {
            return bind(map, in);
        }
        if (shortFor != null && !node.isNull()) {
            return bind(shortForm(node, shortFor), in);
        }
        in.refuse(
                node,
                "wrong-type",
                "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a map with " + allowed() + ")",
                null);
        return null;
    }

    private static Node.Mapping shortForm(Node node, Key<?> key) {
        Node.Scalar name =
                new Node.Scalar(node.source(), node.line(), node.column(), 0, 0, key.name(), Node.Scalar.Style.PLAIN);
        return new Node.Mapping(node.source(), node.line(), node.column(), List.of(new Node.Entry(name, node)));
    }

    private @Nullable T bind(Node.Mapping map, Reading in) {
        Values values = new Values(map, in);
        boolean valid = true;
        for (Node.Entry entry : map.entries()) {
            valid &= readEntry(entry, values, in);
        }
        for (Key<?> key : keys) {
            if (key.required() && values.where(key) == map) {
                missing(key, map, in);
                valid = false;
            }
        }
        return valid ? binder.apply(values) : null;
    }

    private boolean readEntry(Node.Entry entry, Values values, Reading in) {
        Key<?> key = byName.get(entry.name());
        if (key == null && rest != null) {
            Object value = in.part(entry.name(), rest, entry.value());
            if (value != null) {
                values.putRest(entry.name(), value);
            }
            return value != null;
        }
        if (key == null) {
            unknown(entry.key(), in);
            return false;
        }
        if (key.later() != null) {
            in.problems()
                    .error(
                            entry.key().place(),
                            "not-yet",
                            "Cannot use " + join(in.path(), entry.name()) + ": not built yet (" + key.later() + ")",
                            null);
            return false;
        }
        if (values.has(key)) {
            in.problems()
                    .error(
                            entry.key().place(),
                            "duplicate-key",
                            "Cannot use key '" + entry.name() + "': it means " + key.name() + ", which is there too",
                            null);
            return false;
        }
        if (key.renamed().contains(entry.name())) {
            in.problems()
                    .warning(
                            entry.key().place(),
                            "renamed-key",
                            "Key '" + entry.name() + "' is now " + key.name(),
                            "write " + key.name());
        }
        return readValue(key, entry, values, in);
    }

    private static <V> boolean readValue(Key<V> key, Node.Entry entry, Values values, Reading in) {
        V value = in.part(entry.name(), key.kind(), entry.value());
        if (value != null) {
            values.put(key, value);
        }
        return value != null;
    }

    private void missing(Key<?> key, Node.Mapping map, Reading in) {
        String object = in.path().isEmpty() ? name : in.path();
        in.problems()
                .error(
                        map.place(),
                        "missing-key",
                        "Cannot use " + object + ": key '" + key.name() + "' is missing",
                        key.example() == null ? "add " + key.name() : "add " + key.name() + ": " + key.example());
    }

    private void unknown(Node.Scalar key, Reading in) {
        Place place = key.place();
        String message = "Cannot use key '" + key.text() + "' in " + (in.path().isEmpty() ? name : in.path());
        @Nullable String advice = removed.get(key.text());
        if (advice != null) {
            in.problems().error(place, "removed-key", message + ": it is no longer used", advice);
            return;
        }
        in.problems()
                .error(
                        place,
                        "unknown-key",
                        message + ": it is not known (allowed: " + allowed() + ")",
                        hint(key.text()));
    }

    private @Nullable String hint(String written) {
        List<String> homes = keys.stream()
                .filter(key -> key.kind() instanceof ObjectKind<?> inner && inner.byName.containsKey(written))
                .map(Key::name)
                .toList();
        if (!homes.isEmpty()) {
            return "it belongs in " + String.join(" or ", homes);
        }
        String nearest = Nearest.to(written, byName.keySet());
        if (nearest == null) {
            return null;
        }
        return Nearest.snake(written).equals(nearest)
                ? "write snake_case: " + nearest
                : "did you mean '" + nearest + "'?";
    }

    private String allowed() {
        return String.join(
                ", ",
                keys.stream().filter(key -> key.later() == null).map(Key::name).toList());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        if (!(node instanceof Node.Mapping map)) {
            trace.leaves(node, path);
            return;
        }
        for (Node.Entry entry : map.entries()) {
            Key<?> key = byName.get(entry.name());
            String keyPath = join(path, key == null ? entry.name() : key.name());
            if (key != null && key.kind().isSecret()) {
                trace.written(keyPath, "***", entry.value());
            } else if (key != null) {
                key.kind().trace(entry.value(), keyPath, trace);
            } else {
                trace.leaves(entry.value(), keyPath);
            }
        }
        for (Key<?> key : keys) {
            if (key.defaultText() != null && map.entries().stream().noneMatch(entry -> key.answersTo(entry.name()))) {
                trace.defaulted(join(path, key.name()), key.defaultText());
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Key<?>> keys() {
        return keys;
    }

    @Override
    public @Nullable Key<?> shortFor() {
        return shortFor;
    }

    @Override
    public @Nullable Shared shared() {
        return shared;
    }

    @Override
    public @Nullable Kind<?> rest() {
        return rest;
    }

    @Override
    public String label() {
        return shortFor == null ? "map: " + name : shortFor.kind().label() + ", or map: " + name;
    }

    @Override
    public void describe(Glossary glossary) {
        if (glossary.add(this)) {
            keys.forEach(key -> key.kind().describe(glossary));
            if (rest != null) {
                rest.describe(glossary);
            }
        }
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        Map<String, Object> object = schemas.define(name, () -> objectSchema(schemas));
        return shortFor == null
                ? object
                : Map.of("anyOf", List.of(shortFor.kind().schema(schemas), object));
    }

    private Map<String, Object> objectSchema(JsonSchemas schemas) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (Key<?> key : keys) {
            if (key.later() != null) {
                continue;
            }
            Map<String, Object> property = KeySchema.of(key, schemas);
            properties.put(key.name(), property);
            key.accepted().forEach(other -> properties.put(other, property));
            key.renamed().forEach(other -> properties.put(other, KeySchema.deprecated(property)));
            if (key.required()) {
                required.add(KeySchema.anyNameOf(key));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", description);
        schema.put("properties", properties);
        schema.put("additionalProperties", rest == null ? (Object) false : rest.schema(schemas));
        if (!required.isEmpty()) {
            schema.put("allOf", required);
        }
        return schema;
    }
}
