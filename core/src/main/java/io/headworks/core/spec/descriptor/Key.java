package io.headworks.core.spec.descriptor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of an object: everything there is to say about it, once.
 *
 * @param defaultText how the reference spells the default; null when there is none
 * @param accepted other names that mean the same
 * @param renamed names that still work and are reported as old
 * @param later what has to be built before this key can be used; null when it works
 */
public record Key<T>(
        String name,
        Kind<T> kind,
        String description,
        boolean required,
        @Nullable T defaultValue,
        @Nullable String defaultText,
        @Nullable String example,
        List<String> accepted,
        List<String> renamed,
        @Nullable String later) {

    public Key {
        accepted = List.copyOf(accepted);
        renamed = List.copyOf(renamed);
    }

    public static <T> Key<T> of(String name, Kind<T> kind, String description) {
        return new Key<>(name, kind, description, false, null, null, null, List.of(), List.of(), null);
    }

    /** A key that is known and refused until {@code feature} is built. */
    public static Key<Object> later(String name, String feature) {
        return new Key<>(
                name,
                new RefusedKind(),
                "Not yet: " + feature + ".",
                false,
                null,
                null,
                null,
                List.of(),
                List.of(),
                feature);
    }

    public Key<T> mandatory() {
        return new Key<>(name, kind, description, true, defaultValue, defaultText, example, accepted, renamed, later);
    }

    /** The value when nothing is written, and how the reference spells it. */
    public Key<T> byDefault(T value, String text) {
        return new Key<>(name, kind, description, required, value, text, example, accepted, renamed, later);
    }

    /** What holds when nothing is written depends on other keys; {@code text} is how the reference says it. */
    public Key<T> usually(String text) {
        return new Key<>(name, kind, description, required, null, text, example, accepted, renamed, later);
    }

    /** A value as YAML; a test reads it. */
    public Key<T> like(String yaml) {
        return new Key<>(name, kind, description, required, defaultValue, defaultText, yaml, accepted, renamed, later);
    }

    public Key<T> accepting(String... names) {
        return new Key<>(
                name, kind, description, required, defaultValue, defaultText, example, List.of(names), renamed, later);
    }

    public Key<T> renamedFrom(String... names) {
        return new Key<>(
                name, kind, description, required, defaultValue, defaultText, example, accepted, List.of(names), later);
    }

    boolean answersTo(String written) {
        return name.equals(written) || accepted.contains(written) || renamed.contains(written);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
