package io.headworks.duckdb.check;

import io.headworks.duckdb.check.Question.Part;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the probes found, by check. */
final class Answers {
    private final Map<Integer, Map<Part, String>> values = new LinkedHashMap<>();
    private final Map<Integer, String> errors = new LinkedHashMap<>();

    void put(Question question, @Nullable String value) {
        if (value != null) {
            question.checks()
                    .forEach(check -> values.computeIfAbsent(check, any -> new EnumMap<>(Part.class))
                            .put(question.part(), value));
        }
    }

    /** The first reason stays. */
    void refuse(int check, String why) {
        errors.putIfAbsent(check, why);
    }

    @Nullable
    String error(int check) {
        return errors.get(check);
    }

    @Nullable
    String text(int check, Part part) {
        return values.getOrDefault(check, Map.of()).get(part);
    }

    /** A count; 0 where an aggregate over no row gave NULL. */
    long count(int check, Part part) {
        String value = text(check, part);
        return value == null ? 0 : new BigDecimal(value).longValueExact();
    }
}
