package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value may be and what it is read as. One object both validates and binds, so that the two cannot differ.
 * Immutable; any thread.
 */
public interface Kind<T> {

    /** The value, or null when it was refused: then a problem was reported. */
    @Nullable
    T read(Node node, Reading in);

    /** For the reference: {@code duration}, {@code list of column}. */
    String label();

    /** What the JSON Schema (2020-12) says of it. */
    Map<String, Object> schema(JsonSchemas schemas);

    /** Reports the resolved values below a node; what is not reported never shows. */
    default void trace(Node node, String path, Trace trace) {
        trace.leaves(node, path);
    }

    /** Objects described inside, for the reference. */
    default void describe(Glossary glossary) {}

    /** True for a value that must never be printed. */
    default boolean isSecret() {
        return false;
    }
}
