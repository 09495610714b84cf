package io.headworks.core.spec.descriptor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object with keys, as the reference shows it. */
public interface Described {
    /** Unique among all objects; the title of its section. */
    String name();

    String description();

    List<Key<?>> keys();

    /** The key that a value which is no map stands for; null when there is no short form. */
    @Nullable
    Key<?> shortFor();

    /** What a key without a description of its own holds; null when there are none. */
    @Nullable
    Kind<?> rest();

    /** Keys that several objects have in common; null when there are none. */
    @Nullable
    Shared shared();

    /** Keys that are described once, under a title, and are among {@link #keys} of each object. */
    record Shared(String title, List<Key<?>> keys) {
        public Shared {
            keys = List.copyOf(keys);
        }
    }
}
