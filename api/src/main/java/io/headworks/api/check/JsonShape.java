package io.headworks.api.check;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema (2020-12) that a check can demand of a value. What a keyword says holds for values of its own
 * type only, as there.
 *
 * @param types any of them; empty for every type
 * @param values texts of strings, numbers, booleans and null that are allowed; empty for all
 * @param othersAllowed whether there may be properties beside the named ones
 * @param pattern found anywhere in a string
 * @param items what holds for every item of an array
 */
public record JsonShape(
        List<Type> types,
        List<Constant> values,
        Map<String, JsonShape> properties,
        List<String> required,
        boolean othersAllowed,
        Bounds length,
        @Nullable String pattern,
        Bounds value,
        Bounds size,
        @Nullable JsonShape items) {

    /** Types of JSON Schema. */
    public enum Type {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN,
        OBJECT,
        ARRAY,
        NULL
    }

    /** A value that is no object, array or fraction: those have no one way to be written. */
    public record Constant(Type type, String text) {}

    /** What something must not be below or above. */
    public record Bounds(
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable BigDecimal above,
            @Nullable BigDecimal below) {
        public static final Bounds NONE = new Bounds(null, null, null, null);
    }

    public JsonShape {
        types = List.copyOf(types);
        values = List.copyOf(values);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        required = List.copyOf(required);
    }
}
