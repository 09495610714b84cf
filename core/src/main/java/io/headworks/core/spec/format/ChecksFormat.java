package io.headworks.core.spec.format;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.yaml.Node;
import java.util.List;

/** Checks in a file of their own. */
public final class ChecksFormat {
    private static final Key<DatasetName> TABLE = Key.of("table", Names.DATASET_NAME, "The table to check.")
            .mandatory()
            .like("warehouse:marts.fct_orders");
    private static final Key<Schedule> SCHEDULE = ScheduleFormat.key();
    private static final Key<List<CheckDraft>> RUN = Key.of("run", ListKind.some(CheckFormat.CHECK), "The checks.")
            .mandatory()
            .like("[{not_null: order_id}]");

    /** One that no pipeline need write: whoever asks has seen it. */
    private static final Key<DatasetName> ANY_TABLE = Key.of("table", Names.DECLARED_DATASET, "The table to check.")
            .mandatory()
            .like("warehouse:marts.fct_orders");

    public static final ObjectKind<Draft> KIND = kind(TABLE);

    /** The same for checks of a command line. */
    public static final ObjectKind<Draft> OF_ANY_TABLE = kind(ANY_TABLE);

    private ChecksFormat() {}

    private static ObjectKind<Draft> kind(Key<DatasetName> table) {
        return ObjectKind.of(
                "checks",
                "Checks of a table, run apart from its loads.",
                List.of(table, SCHEDULE, RUN),
                values -> new Draft(
                        values.get(table),
                        values.where(table),
                        values.get(SCHEDULE),
                        new CheckDefaults(
                                        CheckDefaults.Where.CHECK_FILE,
                                        false,
                                        values.in().problems())
                                .apply(values.get(RUN))));
    }

    /** A check file before its table is found. */
    public record Draft(DatasetName table, Node tableNode, Schedule schedule, List<Check> checks) {}
}
