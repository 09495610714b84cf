package io.headworks.core.contract;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Project;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns that a table's contract says are about persons: failing rows are shown and kept without their values. */
public final class PersonalColumns {
    private static final String HIDDEN = "***";

    /** In lower case. */
    private final Set<String> names;

    private PersonalColumns(Set<String> names) {
        this.names = names;
    }

    /** Those of a table; none where it has no contract. */
    public static PersonalColumns of(Project project, DatasetName table) {
        return new PersonalColumns(project.contracts().of(table).stream()
                .flatMap(contract -> contract.columns().stream())
                .filter(Contract.Column::pii)
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** In lower case, in the order of the alphabet. */
    public List<String> names() {
        return names.stream().sorted().toList();
    }

    /** True for one of them, however it is written. */
    public boolean contains(String column) {
        return names.contains(column.toLowerCase(Locale.ROOT));
    }

    /** The result with such values hidden; NULL is none. */
    public CheckResult hidden(CheckResult result) {
        if (names.isEmpty() || result.samples().isEmpty()) {
            return result;
        }
        List<String> samples = result.samples().stream().map(this::hidden).toList();
        return result.withSamples(samples);
    }

    private String hidden(String row) {
        Map<String, @Nullable Object> values = Json.readObject(row);
        boolean changed = false;
        for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
            if (value.getValue() != null && names.contains(value.getKey().toLowerCase(Locale.ROOT))) {
                value.setValue(HIDDEN);
                changed = true;
            }
        }
        return changed ? Json.compact(values) : row;
    }
}
