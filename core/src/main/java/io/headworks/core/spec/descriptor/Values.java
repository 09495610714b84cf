package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an object's keys, valid one by one; what they mean together is for the one who binds them. */
public final class Values {
    private final Node.Mapping node;
    private final Reading in;
    private final Map<Key<?>, Object> values = new HashMap<>();
    private final Map<String, Object> rest = new LinkedHashMap<>();

    Values(Node.Mapping node, Reading in) {
        this.node = node;
        this.in = in;
    }

    void put(Key<?> key, Object value) {
        values.put(key, value);
    }

    void putRest(String name, Object value) {
        rest.put(name, value);
    }

    /** The value of a key that is mandatory or has a default. */
    public <T> T get(Key<T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalStateException("Key '" + key.name() + "' is neither mandatory nor has a default");
        }
        return value;
    }

    /** The value, the default, or null. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T find(Key<T> key) {
        T value = (T) values.get(key);
        return value == null ? key.defaultValue() : value;
    }

    public boolean has(Key<?> key) {
        return values.containsKey(key);
    }

    /** Keys that the object takes beside the described ones. */
    @SuppressWarnings("unchecked")
    public <T> Map<String, T> rest(Kind<T> kind) {
        return (Map<String, T>) rest;
    }

    public Node.Mapping node() {
        return node;
    }

    public Reading in() {
        return in;
    }

    /** Where a key's value stands; the object itself when it is not written. */
    public Node where(Key<?> key) {
        for (Node.Entry entry : node.entries()) {
            if (key.answersTo(entry.name())) {
                return entry.value();
            }
        }
        return node;
    }

    /** Reports a problem with a key's value in the light of the others. */
    public void refuse(Key<?> key, String code, String reason, @Nullable String hint) {
        String path = in.path();
        in.problems()
                .error(
                        where(key).place(),
                        code,
                        "Cannot use " + (path.isEmpty() ? "" : path + ".") + key.name() + ": " + reason,
                        hint);
    }
}
