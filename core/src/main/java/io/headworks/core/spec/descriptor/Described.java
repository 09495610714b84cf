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
}
