package io.headworks.core.spec.descriptor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The objects that a description holds, in the order in which they are first met. */
public final class Glossary {
    private final Map<String, Described> objects = new LinkedHashMap<>();

    /** Adds an object; false when it was there. */
    public boolean add(Described object) {
        Described earlier = objects.putIfAbsent(object.name(), object);
        if (earlier != null && earlier != object) {
            throw new IllegalStateException("Cannot describe two objects as '" + object.name() + "'");
        }
        return earlier == null;
    }

    public Collection<Described> objects() {
        return objects.values();
    }
}
