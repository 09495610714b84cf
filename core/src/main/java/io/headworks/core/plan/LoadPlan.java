package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.FileReading;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.Schema;
import io.headworks.core.spec.ExtractSpec.Incremental;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The load with its defaults filled in from what was observed, or refused with every reason at once. */
record LoadPlan(Load load, List<SchemaChange> changes) {

    static LoadPlan of(PipelineSpec pipeline, Observed observed, ExtractPlan extract) {
        return new Builder(pipeline, observed, extract).build();
    }

    private static final class Builder {
        private final PipelineSpec pipeline;
        private final Observed observed;
        private final ExtractPlan extract;
        private final List<String> refusals = new ArrayList<>();

        Builder(PipelineSpec pipeline, Observed observed, ExtractPlan extract) {
            this.pipeline = pipeline;
            this.observed = observed;
            this.extract = extract;
        }

        LoadPlan build() {
            Load load = withDefaults(pipeline.load());
            Strategy strategy = load.strategy();
            if (strategy == Strategy.VIEW && pipeline.extract().model() == null) {
                refusals.add("a view stores nothing, and an extract needs a table: choose another strategy");
            } else if (!observed.abilities().strategies().contains(strategy)) {
                refusals.add("the target cannot do " + strategy.key() + " (it can do "
                        + String.join(
                                ", ",
                                observed.abilities().strategies().stream()
                                        .map(Strategy::key)
                                        .toList()) + ")");
            }
            if (strategy == Strategy.VIEW) {
                return view(load);
            }
            if (observed.target().view()) {
                refusals.add("it is a view (allowed: a table): drop the view, or give load.table another name");
            }
            if (strategy.needsKeys() && load.mergeKeys().isEmpty()) {
                refusals.add(strategy.key() + " needs merge_keys, and the source declares no primary key");
            }
            requireColumns("merge key", load.mergeKeys());
            requireColumns("order_by column", load.orderBy());
            requireColumns(
                    "partition column",
                    load.partition() == null
                            ? List.of()
                            : List.of(load.partition().column()));
            if (!observed.abilities().statements() && (load.before() != null || load.after() != null)) {
                refusals.add("the target runs no SQL (load." + (load.before() != null ? "before" : "after") + ")");
            }
            refuseSecondAudit(load);
            requireMeasurable(load);
            if (strategy == Strategy.APPEND) {
                requireAppendable(load);
            }
            if (strategy == Strategy.TRUNCATE_RELOAD) {
                requireWholeTable();
            }
            if (strategy == Strategy.PARTITION_SWAP) {
                requireWholePartitions(load);
                requireTimeToCut(load.partition());
            }
            requireInferable();
            refusals.addAll(HistoryFit.refusals(load, observed.transformed(), observed.abilities()));
            refuse(load);
            HistoryFit.requireSame(
                    load, observed.transformed(), observed.target().schema());
            List<SchemaChange> changes = SchemaChanges.between(observed.target().schema(), stored(load), load);
            TargetNames names = new TargetNames(load, observed.abilities().names(), observed.target());
            return new LoadPlan(load, names.before(changes, observed.names()));
        }

        /** A view has no columns, keys or rows of its own; only what is there already can be in its way. */
        private LoadPlan view(Load load) {
            if (observed.target().schema() != null && !observed.target().view()) {
                refusals.add(
                        "it is a table, and its rows would be lost: drop it yourself, or give load.table another name");
            }
            if (pipeline.errorHandling().deadLetters()
                    || pipeline.preLoad().stream().anyMatch(PhysicalChoice::looksAtBatchOnly)) {
                refusals.add("rows of a view cannot be rejected: use checks that stop, or store the rows");
            }
            if (extract.slice() != null) {
                refusals.add("it stores nothing that could be loaded by a slice: run it without --from and --to");
            }
            refuse(load);
            return new LoadPlan(load, List.of());
        }

        /** The columns that the load writes, without audit columns. */
        private Schema stored(Load load) {
            return load.history() == null
                    ? observed.transformed()
                    : HistoryTable.of(load, observed.transformed()).columns();
        }

        private Load withDefaults(Load load) {
            List<String> keys = load.mergeKeys().isEmpty() && load.strategy().needsKeys()
                    ? observed.source().primaryKey()
                    : load.mergeKeys();
            Incremental incremental = pipeline.extract().incremental();
            String key = incremental == null ? null : incremental.key();
            boolean inherits = load.orderBy().isEmpty()
                    && key != null
                    && observed.transformed().has(key);
            return load.with(keys, inherits ? List.of(key) : load.orderBy());
        }

        private void requireColumns(String what, List<String> columns) {
            for (String column : columns) {
                if (!observed.transformed().has(column)) {
                    refusals.add(what + " '" + column + "' is missing (columns: " + observed.transformed() + ")");
                }
            }
        }

        /** A table that we loaded, read again, brings audit columns of its own. */
        private void refuseSecondAudit(Load load) {
            Load.AuditColumns audit = load.audit();
            if (audit == null) {
                return;
            }
            for (String column : List.of(audit.run(), audit.loadedAt())) {
                if (observed.transformed().has(column)) {
                    refusals.add("column '" + column + "' of the source is also the load's audit column: drop it in a"
                            + " stage, choose extract.columns, or give load.audit_columns other names");
                }
            }
        }

        private void requireInferable() {
            if (observed.abilities().several()) {
                return;
            }
            pipeline.stages().stream()
                    .flatMap(stage -> stage.operations().stream())
                    .filter(Segment::infers)
                    .map(operation -> ((Lookup) operation).table())
                    .distinct()
                    .forEach(dimension -> refusals.add("members that are inferred of " + dimension
                            + " are written with the rows that name them, and this target publishes one table at a time"
                            + " (allowed: missing: keep, unknown, reject)"));
        }

        private void requireMeasurable(Load load) {
            if (load.breaker().changed() != null && load.mergeKeys().isEmpty()) {
                refusals.add("max_change.changed cannot be told without merge_keys: name them, or limit only deleted");
            }
        }

        private void requireWholeTable() {
            if (extract.slice() != null) {
                refusals.add("a slice would take the place of the whole table: run it without --from and --to, or load"
                        + " by partition-swap");
            } else if (pipeline.extract().incremental() != null) {
                refusals.add("an incremental extract would take the place of the whole table: set extract.strategy:"
                        + " full, or load by upsert or merge");
            }
        }

        private void requireTimeToCut(Load.@Nullable Partitioning partition) {
            if (partition == null || partition.by() == Load.Partitioning.By.VALUE) {
                return;
            }
            observed.transformed()
                    .field(partition.column())
                    .filter(field -> !field.type().isTime())
                    .ifPresent(field -> refusals.add("partition_key cuts '" + field.name() + "' by "
                            + partition.by().name().toLowerCase(java.util.Locale.ROOT) + ", and its type is "
                            + field.type() + " (allowed: date, timestamp, timestamptz; or by: value)"));
        }

        private void requireAppendable(Load load) {
            if (pipeline.extract().extract().deletesWhen() != null) {
                refusals.add("extract.deletes marks rows as deleted, and append never deletes: load by merge");
            }
            boolean newFiles = pipeline.extract().incremental() != null
                    && pipeline.extract().incremental().key() == null
                    && extract.slice() == null;
            boolean byLoads = isIncrementalModel() && extract.step().kind() == BatchKind.DELTA;
            boolean repeatable = newFiles || byLoads || !load.mergeKeys().isEmpty();
            if (isIncrementalModel() && !repeatable) {
                Long rows = observed.target().rows();
                if (rows != null && rows > 0) {
                    refusals.add("all rows would be added to the " + rows + " that are there: empty the table first, or"
                            + " add merge_keys");
                }
                return;
            }
            Slice slice = extract.slice();
            if (slice != null
                    && load.mergeKeys().isEmpty()
                    && !observed.transformed().has(slice.column())) {
                refusals.add(
                        "a repeated slice could not be replaced: the table has no column '" + slice.column() + "'");
            } else if (slice == null && !repeatable) {
                refusals.add("append would double the rows of a repeated run; it is allowed for new files, slices, and"
                        + " incremental extracts with merge_keys");
            }
        }

        private boolean isIncrementalModel() {
            ModelSpec model = pipeline.extract().model();
            return model != null && model.isIncremental();
        }

        private void requireWholePartitions(Load load) {
            Load.Partitioning partition = load.partition();
            if (partition == null) {
                refusals.add("partition-swap needs partition_key");
                return;
            }
            Slice slice = extract.slice();
            FileReading files = pipeline.extract().extract().files();
            boolean byFile = files != null && files.rereadPartition();
            if (slice == null && extract.step().kind() == BatchKind.DELTA && !byFile) {
                refusals.add(
                        "an incremental extract does not deliver whole partitions: extract full, run a slice, or set"
                                + " files.reread: partition");
            } else if (slice == null && extract.step().kind() == BatchKind.DELTA) {
                requirePartitionOfFiles(partition);
            } else if (slice != null && !slice.column().equals(partition.column())) {
                refusals.add("the slice is cut by '" + slice.column() + "', the table by '" + partition.column() + "'");
            } else if (slice != null && !Partitions.aligned(slice, partition.by())) {
                refusals.add("the slice " + slice.from() + " to " + slice.to() + " does not hold whole partitions by "
                        + partition.by().name().toLowerCase(java.util.Locale.ROOT));
            }
        }

        /** Folders that are read again hold whole partitions of the table only where the two are cut by the same column. */
        private void requirePartitionOfFiles(Load.Partitioning partition) {
            boolean sameCut = partition.by() == Load.Partitioning.By.VALUE
                    && observed.source().files().stream()
                            .allMatch(file -> file.pathValues().keySet().equals(Set.of(partition.column())))
                    && ColumnFate.whatChanges(partition.column(), pipeline.stages()) == null;
            if (!sameCut) {
                refusals.add("files.reread: partition reads whole folders, and those are whole partitions of the table"
                        + " only when the path has {" + partition.column() + "} and no other column, partition_key is"
                        + " that column by value, and no stage changes it");
            }
        }

        private void refuse(Load load) {
            if (!refusals.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot " + load.strategy().key() + " into " + load.table() + ": "
                                + String.join("; ", refusals));
            }
        }
    }
}
