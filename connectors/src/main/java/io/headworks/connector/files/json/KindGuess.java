package io.headworks.connector.files.json;

import io.headworks.api.type.DataType;
import io.headworks.connector.files.infer.ColumnGuess;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column from the kinds of its values: numbers the narrowest that is exact, booleans, strings text, objects
 * and arrays json; in JSON what mixes kinds is json, which keeps {@code 1} and {@code "1"} apart.
 */
final class KindGuess {
    private final ColumnGuess numbers = new ColumnGuess();
    private final Set<JsonValue.Kind> kinds = EnumSet.noneOf(JsonValue.Kind.class);
    private final DataType mixed;
    private @Nullable DataType temporals;

    /** @param mixed the type of a column whose values are of several kinds */
    KindGuess(DataType mixed) {
        this.mixed = mixed;
    }

    void accept(JsonValue value) {
        switch (value.kind()) {
            case NULL -> {}
            case TRUE, FALSE -> kinds.add(JsonValue.Kind.TRUE);
            case NUMBER -> {
                if (!isBeyondDouble(value.text())) {
                    kinds.add(JsonValue.Kind.NUMBER);
                    numbers.accept(value.text());
                }
            }
            case TEMPORAL -> {
                kinds.add(JsonValue.Kind.TEMPORAL);
                temporals = TemporalValue.type(temporals, value.text());
            }
            case STRING, NESTED -> kinds.add(value.kind());
        }
    }

    DataType type() {
        if (kinds.isEmpty()) {
            return DataType.TEXT;
        }
        if (kinds.size() > 1) {
            return mixed;
        }
        return switch (kinds.iterator().next()) {
            case NUMBER -> numbers.type(null);
            case TRUE, FALSE -> DataType.Simple.BOOLEAN;
            case NESTED -> DataType.Simple.JSON;
            case TEMPORAL -> Objects.requireNonNull(temporals);
            case STRING, NULL -> DataType.TEXT;
        };
    }

    /** {@code 1e999}: no number type holds it, and it does not make text of a column of numbers. */
    static boolean isBeyondDouble(String literal) {
        boolean exponent = literal.indexOf('e') >= 0 || literal.indexOf('E') >= 0;
        return exponent && Double.isInfinite(Double.parseDouble(literal));
    }
}
