package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;

import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.MappedKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects inside a load. */
final class LoadParts {
    private static final Key<String> COLUMN_KEY =
            Key.of("column", COLUMN, "The column.").mandatory().like("order_date");
    private static final Key<Partitioning.By> BY = Key.of(
                    "by", ChoiceKind.of(List.of(Partitioning.By.values())), "Each value, or calendar units in UTC.")
            .byDefault(Partitioning.By.VALUE, "value")
            .like("month");
    static final Kind<Partitioning> PARTITION = ObjectKind.of(
                    "partition_key",
                    "How a table is cut.",
                    List.of(COLUMN_KEY, BY),
                    values -> new Partitioning(values.get(COLUMN_KEY), values.get(BY)))
            .shortFor(COLUMN_KEY);

    private static final ChoiceKind<SchemaPolicy.Mode> MODE = ChoiceKind.of(List.of(SchemaPolicy.Mode.values()));
    private static final ChoiceKind<SchemaPolicy.Mode> TABLE_MODE =
            ChoiceKind.of(List.of(SchemaPolicy.Mode.EVOLVE, SchemaPolicy.Mode.FREEZE));
    private static final Key<SchemaPolicy.Mode> TABLES =
            Key.of("tables", TABLE_MODE, "New tables.").byDefault(SchemaPolicy.Mode.EVOLVE, "evolve");
    private static final Key<SchemaPolicy.Mode> COLUMNS = Key.of(
                    "columns", MODE, "New columns; with discard-row a row with a value in one goes to the dead letter.")
            .byDefault(SchemaPolicy.Mode.EVOLVE, "evolve");
    private static final Key<SchemaPolicy.Mode> TYPES = Key.of(
                    "types",
                    MODE,
                    "Other types; with discard-row a row whose value does not fit the table's goes to the dead letter.")
            .byDefault(SchemaPolicy.Mode.EVOLVE, "evolve");
    static final Kind<SchemaPolicy> SCHEMA_POLICY = EitherKind.of(
            MappedKind.of(MODE, LoadParts::everywhere),
            ObjectKind.of(
                    "schema_changes",
                    "What may change by itself.",
                    List.of(TABLES, COLUMNS, TYPES),
                    values -> new SchemaPolicy(values.get(TABLES), values.get(COLUMNS), values.get(TYPES))));

    private static final Key<BigDecimal> DELETED = Key.of(
                    "deleted", Scalars.SHARE_OF_ROWS, "The largest share of keys that may be deleted or closed.")
            .like("30%");
    private static final Key<BigDecimal> CHANGED = Key.of(
                    "changed", Scalars.SHARE_OF_ROWS, "The largest share of keys that may be changed.")
            .like("50%");
    private static final Key<Long> MIN_ROWS = Key.of("min_rows", Scalars.COUNT, "Smaller tables have no limit.")
            .byDefault(0L, "0")
            .like("1000");
    static final Kind<Breaker> BREAKER = ObjectKind.of(
            "max_change",
            "Stops a load that deletes or changes too many keys.",
            List.of(DELETED, CHANGED, MIN_ROWS),
            LoadParts::breaker);

    private static final Key<String> RUN =
            Key.of("run", COLUMN, "The run's number.").byDefault("_hw_run", "_hw_run");
    private static final Key<String> LOADED_AT =
            Key.of("loaded_at", COLUMN, "When the row was loaded.").byDefault("_hw_loaded_at", "_hw_loaded_at");
    static final Kind<Optional<AuditColumns>> AUDIT = EitherKind.of(
            ChoiceKind.of(Map.of("none", Optional.<AuditColumns>empty())),
            ObjectKind.of(
                    "audit_columns",
                    "Columns added to tables we create.",
                    List.of(RUN, LOADED_AT),
                    values -> Optional.of(new AuditColumns(values.get(RUN), values.get(LOADED_AT)))));

    private LoadParts() {}

    private static @Nullable Breaker breaker(Values values) {
        if (!values.has(DELETED) && !values.has(CHANGED)) {
            values.in()
                    .refuse(
                            values.node(),
                            "missing-key",
                            "it has no limit (allowed: deleted, changed)",
                            "add deleted: 30%");
            return null;
        }
        return new Breaker(values.find(DELETED), values.find(CHANGED), values.get(MIN_ROWS));
    }

    /** A table that does not exist yet has no rows to discard for. */
    private static SchemaPolicy everywhere(SchemaPolicy.Mode mode) {
        return new SchemaPolicy(mode == SchemaPolicy.Mode.DISCARD_ROW ? SchemaPolicy.Mode.EVOLVE : mode, mode, mode);
    }
}
