package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Position;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.PipelineSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were deleted in the source leave no trace in an incremental extract. When it is time, all keys are compared.
 *
 * @param step null when this run compares nothing
 * @param notes when the next comparison is
 */
record KeyScan(Step.@Nullable CompareKeys step, List<String> notes) {
    private static final KeyScan NONE = new KeyScan(null, List.of());

    static KeyScan of(PipelineSpec pipeline, Observed observed, @Nullable Position known, Request request, Load load) {
        CronExpression times = pipeline.extract().scan();
        return times == null ? NONE : new Builder(pipeline, observed, load).build(times, known, request);
    }

    private static final class Builder {
        private final PipelineSpec pipeline;
        private final Observed observed;
        private final Load load;
        private final List<String> refusals = new ArrayList<>();

        Builder(PipelineSpec pipeline, Observed observed, Load load) {
            this.pipeline = pipeline;
            this.observed = observed;
            this.load = load;
        }

        KeyScan build(CronExpression times, @Nullable Position known, Request request) {
            requireDeletes();
            load.mergeKeys().forEach(this::requireComparable);
            if (!refusals.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare the keys of " + load.table() + " with the source's: "
                                + String.join("; ", refusals),
                        "or take extract.deletes.scan out");
            }
            if (request.isSlice() || observed.target().schema() == null) {
                return NONE;
            }
            Instant last = known instanceof Position.Key key ? key.comparedAt() : null;
            Instant next = last == null ? null : times.next(last);
            if (next != null && next.isAfter(observed.source().clock())) {
                return new KeyScan(
                        null,
                        List.of("deleted rows are found next by the first run after " + next + ", by their keys"));
            }
            return new KeyScan(step(), List.of());
        }

        private Step.CompareKeys step() {
            Extract whole = observed.extract();
            List<ColumnChoice> choices = load.mergeKeys().stream()
                    .map(key -> whole.columns().stream()
                            .filter(choice -> choice.name().equals(key))
                            .findFirst()
                            .orElse(new ColumnChoice(key, null)))
                    .toList();
            List<Field> fields = load.mergeKeys().stream()
                    .map(this::field)
                    .map(Optional::orElseThrow)
                    .toList();
            return new Step.CompareKeys(
                    pipeline.extract().connection(),
                    new Extract(whole.reading(), choices, whole.where(), null, null, whole.knownTypes()),
                    new Schema(fields),
                    load.table(),
                    marks() ? load.deletedColumn() : null,
                    pipeline.extract().allowEmpty());
        }

        private boolean marks() {
            return load.strategy() == Strategy.SOFT_DELETE || load.deletes() == Load.Deletes.MARK;
        }

        private void requireDeletes() {
            boolean deletes = load.strategy() == Strategy.SOFT_DELETE
                    || load.strategy() == Strategy.MERGE && load.deletes() != Load.Deletes.IGNORE;
            if (!deletes) {
                refusals.add(
                        load.strategy() == Strategy.MERGE
                                ? "load.deletes is ignore"
                                : load.strategy().key() + " deletes no rows (allowed: merge, soft-delete)");
            }
        }

        private Optional<Field> field(String key) {
            return observed.source().schema().field(key);
        }

        private void requireComparable(String key) {
            Optional<Field> field = field(key);
            if (field.isEmpty()) {
                refusals.add("key column '" + key + "' is not the source's (columns: "
                        + observed.source().schema() + ")");
                return;
            }
            String change = ColumnFate.whatChanges(key, pipeline.stages());
            if (change != null) {
                refusals.add("key column '" + key + "' may no longer be the source's after " + change);
            }
            Schema stored = observed.target().schema();
            if (stored != null) {
                stored.fields().stream()
                        .filter(column -> column.name().equalsIgnoreCase(key))
                        .map(Field::type)
                        .filter(type -> !areComparable(field.get().type(), type))
                        .forEach(type -> refusals.add("key column '" + key + "' is "
                                + field.get().type() + " in the source and " + type + " in the table"));
            }
        }

        /** Values of the two types are the same exactly when the engine finds them equal. */
        private static boolean areComparable(DataType source, DataType stored) {
            boolean padded = stored instanceof DataType.Bounded bounded && bounded.padded();
            return !padded && source.equals(stored)
                    || source.isNumber() && stored.isNumber() && isExact(source) && isExact(stored)
                    || source.isText() && stored.isText() && !padded
                    || source instanceof DataType.Timestamp one
                            && stored instanceof DataType.Timestamp other
                            && one.zoned() == other.zoned();
        }

        private static boolean isExact(DataType type) {
            return type != DataType.Simple.FLOAT && type != DataType.Simple.DOUBLE;
        }
    }
}
