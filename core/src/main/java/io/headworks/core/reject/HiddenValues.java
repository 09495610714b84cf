package io.headworks.core.reject;

import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.transform.Operation;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values that a pipeline masks or hashes, or that are about persons, kept out of what is shown of its dead letters. The letters themselves have them:
 * a replay starts from the row as it was extracted.
 */
public final class HiddenValues {
    /** In place of a value; in a corrected row, the value as it was. */
    public static final String MARK = "«masked»";

    /** Hides nothing. */
    public static final HiddenValues NONE = new HiddenValues(Set.of());

    private final Set<String> columns;

    private HiddenValues(Set<String> columns) {
        this.columns = columns;
    }

    /** What the stages of a pipeline hide, and what the contract of its table says is about persons. */
    public static HiddenValues of(Project project, PipelineSpec pipeline) {
        Set<String> columns = new TreeSet<>();
        project.contracts().of(pipeline.writes()).stream()
                .flatMap(contract -> contract.columns().stream())
                .filter(Contract.Column::pii)
                .forEach(column -> columns.add(key(column.name())));
        pipeline.stages().stream().flatMap(stage -> stage.operations().stream()).forEach(operation -> {
            if (operation instanceof Operation.Mask mask) {
                mask.rules().keySet().forEach(column -> columns.add(key(column)));
            } else if (operation instanceof Operation.Hash hash) {
                hash.algorithms().keySet().forEach(column -> columns.add(key(column)));
            } else if (operation instanceof Operation.Rename rename) {
                // the row is kept as it was extracted
                rename.names().forEach((from, to) -> columns.add(key(to) + "\n" + key(from)));
            }
        });
        return new HiddenValues(extracted(columns));
    }

    /** Columns under the names that the source gives them too. */
    private static Set<String> extracted(Set<String> columns) {
        Set<String> hidden = new TreeSet<>();
        columns.stream().filter(column -> !column.contains("\n")).forEach(hidden::add);
        boolean more = !hidden.isEmpty();
        while (more) {
            more = false;
            for (String rename : columns) {
                String[] names = rename.split("\n");
                more |= names.length == 2 && hidden.contains(names[0]) && hidden.add(names[1]);
            }
        }
        return hidden;
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    private boolean hides(@Nullable String column) {
        return column != null && columns.contains(key(column));
    }

    /** The letter as it may be shown. */
    public DeadLetter in(DeadLetter letter) {
        if (columns.isEmpty()) {
            return letter;
        }
        String payload = letter.payload();
        String reason =
                hides(letter.column()) ? letter.reason().replaceAll("'[^']*'", "'" + MARK + "'") : letter.reason();
        if (payload == null) {
            return letter.showing(reason, null, letter.raw() == null ? null : MARK);
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> value :
                Json.readObject(payload).entrySet()) {
            boolean hidden = hides(value.getKey()) && value.getValue() != null;
            shown.put(value.getKey(), hidden ? MARK : value.getValue());
            if (hidden && !String.valueOf(value.getValue()).isEmpty()) {
                reason = reason.replace("'" + value.getValue() + "'", "'" + MARK + "'");
            }
        }
        return letter.showing(reason, Json.compact(shown), letter.raw() == null ? null : MARK);
    }

    /** A row with what was hidden as it was. */
    static Map<String, @Nullable Object> filled(Map<String, @Nullable Object> row, @Nullable String payload) {
        Map<String, @Nullable Object> before = payload == null ? Map.of() : Json.readObject(payload);
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(row);
        filled.replaceAll((column, value) -> MARK.equals(value) ? before.get(column) : value);
        return filled;
    }
}
