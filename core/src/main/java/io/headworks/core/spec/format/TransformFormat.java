package io.headworks.core.spec.format;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Stage;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.descriptor.VariantKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of rows between extract and load. */
final class TransformFormat {
    static final VariantKind<Operation> OPERATION =
            VariantKind.of("operation", "One operation.", concat(ColumnOperations.ALL, RowOperations.ALL));

    private static final Key<String> NAME =
            Key.of("name", Scalars.NAMED, "A name of your own.").mandatory().like("clean");
    private static final Key<List<Operation>> OPERATIONS = Key.of(
                    "operations", ListKind.some(OPERATION), "What is done, in order.")
            .mandatory()
            .like("[{trim: [status]}]");
    private static final ObjectKind<Stage> STAGE = ObjectKind.of(
            "stage",
            "A named group of operations.",
            List.of(NAME, OPERATIONS),
            values -> new Stage(values.get(NAME), values.get(OPERATIONS)));

    private static final Key<String> ENGINE = Key.of(
                    "engine",
                    ChoiceKind.of(Map.of("sql", "sql"))
                            .later("spark", "the Spark engine")
                            .later("python", "the Python engine")
                            .later("dbt", "running dbt projects"),
                    "What carries it out: sql is the embedded engine.")
            .byDefault("sql", "sql");
    private static final Key<List<Stage>> STAGES = Key.of("stages", ListKind.of(STAGE), "Stages, in order.")
            .byDefault(List.of(), "none")
            .like("[{name: clean, operations: [{trim: [status]}]}]");

    static final ObjectKind<List<Stage>> KIND = ObjectKind.of(
            "transform",
            "What becomes of rows between extract and load.",
            List.of(ENGINE, STAGES, Key.later("run_on", "SQL models")),
            TransformFormat::bind);

    private TransformFormat() {}

    private static @Nullable List<Stage> bind(Values values) {
        Set<String> names = new HashSet<>();
        for (Stage stage : values.get(STAGES)) {
            if (!names.add(stage.name())) {
                values.refuse(
                        STAGES,
                        "duplicate-name",
                        "two stages are called '" + stage.name() + "'",
                        "give one another name");
                return null;
            }
        }
        return values.get(STAGES);
    }

    private static List<Key<? extends Operation>> concat(
            List<Key<? extends Operation>> first, List<Key<? extends Operation>> second) {
        List<Key<? extends Operation>> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
