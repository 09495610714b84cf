package io.headworks.core.proof;

import io.headworks.api.transform.Operation;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts made-up values in place of personal ones: the same for the same value of a column, so that rows still find one
 * another. Nothing of a value is left in what stands for it.
 */
final class Masking {
    private static final Pattern PERSONAL = Pattern.compile(
            "(.*_)?(e?mail|phone|mobile|fax|(first|last|full|user|sur)_?name|name|address|street|zip|postcode|birth.*|dob"
                    + "|ssn|tax_id|iban|card.*|passport|licen[cs]e|ip|ip_address|latitude|longitude)(_.*)?");
    private static final LocalDate DAY = LocalDate.of(2000, 1, 1);

    private final Set<String> columns = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param asked columns that somebody named, beside those that some pipeline masks or hashes */
    Masking(Project project, Collection<String> asked) {
        asked.forEach(column -> columns.add(column.toLowerCase(Locale.ROOT)));
        for (PipelineSpec pipeline : project.pipelines()) {
            pipeline.stages().stream()
                    .flatMap(stage -> stage.operations().stream())
                    .forEach(this::learn);
        }
    }

    private void learn(Operation operation) {
        Set<String> hidden = operation instanceof Operation.Mask mask
                ? mask.rules().keySet()
                : operation instanceof Operation.Hash hash ? hash.algorithms().keySet() : Set.of();
        hidden.forEach(column -> columns.add(column.toLowerCase(Locale.ROOT)));
    }

    /** The columns that were masked. */
    Set<String> used() {
        return used;
    }

    /** What stands for a value: itself, where its column is not personal. */
    @Nullable
    Object of(String column, DataType type, @Nullable Object value) {
        String name = column.toLowerCase(Locale.ROOT);
        boolean personal = columns.contains(name) || PERSONAL.matcher(name).matches();
        if (!personal || value == null) {
            return value;
        }
        used.add(column);
        int number = numbers.computeIfAbsent(name + "\n" + value, each -> numbers.size() + 1);
        if (type.isText()) {
            return name + "-" + number;
        } else if (type.isNumber()) {
            return (long) number;
        }
        return type.isTime() ? DAY.plusDays(number).toString() : null;
    }
}
