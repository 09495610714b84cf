package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value read by another kind and turned into what is wanted. */
public final class MappedKind<S, T> implements Kind<T> {
    private final Kind<S> inner;
    private final Function<S, T> mapping;

    private MappedKind(Kind<S> inner, Function<S, T> mapping) {
        this.inner = inner;
        this.mapping = mapping;
    }

    public static <S, T> MappedKind<S, T> of(Kind<S> inner, Function<S, T> mapping) {
        return new MappedKind<>(inner, mapping);
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        S value = inner.read(node, in);
        return value == null ? null : mapping.apply(value);
    }

    @Override
    public String label() {
        return inner.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return inner.schema(schemas);
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        inner.trace(node, path, trace);
    }

    @Override
    public void describe(Glossary glossary) {
        inner.describe(glossary);
    }

    @Override
    public boolean isSecret() {
        return inner.isSecret();
    }
}
