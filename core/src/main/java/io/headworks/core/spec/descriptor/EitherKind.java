package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map read one way, and anything else another. */
public final class EitherKind<T> implements Kind<T> {
    private final Kind<T> plain;
    private final Kind<T> map;

    private EitherKind(Kind<T> plain, Kind<T> map) {
        this.plain = plain;
        this.map = map;
    }

    public static <T> EitherKind<T> of(Kind<T> plain, Kind<T> map) {
        return new EitherKind<>(plain, map);
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        return (node instanceof Node.Mapping ? map : plain).read(node, in);
    }

    @Override
    public String label() {
        return plain.label() + ", or " + map.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("anyOf", List.of(plain.schema(schemas), map.schema(schemas)));
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        (node instanceof Node.Mapping ? map : plain).trace(node, path, trace);
    }

    @Override
    public void describe(Glossary glossary) {
        plain.describe(glossary);
        map.describe(glossary);
    }
}
