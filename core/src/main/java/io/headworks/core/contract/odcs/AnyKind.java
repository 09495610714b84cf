package io.headworks.core.contract.odcs;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is only looked at: anything, or what another kind accepts; nothing at all passes where it may be left out. */
record AnyKind(@Nullable Supplier<Kind<?>> inner, boolean nullable) implements Kind<Boolean> {
    static final AnyKind ANYTHING = new AnyKind(null, true);

    static AnyKind optional(Kind<?> kind) {
        return new AnyKind(() -> kind, true);
    }

    /** Of a kind that is made of itself. */
    static AnyKind later(Supplier<Kind<?>> kind) {
        return new AnyKind(kind, true);
    }

    static AnyKind needed(Kind<?> kind) {
        return new AnyKind(() -> kind, false);
    }

    @Override
    public @Nullable Boolean read(Node node, Reading in) {
        if (inner == null || (nullable && node.isNull())) {
            return Boolean.TRUE;
        }
        return inner.get().read(node, in) == null ? null : Boolean.TRUE;
    }

    @Override
    public String label() {
        return inner == null ? "value" : inner.get().label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of();
    }
}
