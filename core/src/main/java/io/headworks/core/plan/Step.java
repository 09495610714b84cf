package io.headworks.core.plan;

import io.headworks.api.check.Check;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.TableName;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing a run does. The same steps are run by one visitor and explained by another. */
public sealed interface Step {

    <R> R accept(Visitor<R> visitor);

    /** Takes the right to write the table. */
    record TakeFence(TableName table) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.takeFence(this);
        }
    }

    /**
     * Reads the source.
     *
     * @param positionColumn the incremental key whose largest value becomes the position; null when there is none
     * @param keepRejects rows that cannot be read go to the dead letter; otherwise they fail the run
     * @param emptyAllowed zero rows are success
     */
    record ExtractRows(
            String connection,
            Extract extract,
            BatchKind kind,
            @Nullable KeyRange keys,
            List<FileStamp> files,
            Schema schema,
            @Nullable String positionColumn,
            boolean refuseNullKeys,
            boolean keepRejects,
            boolean emptyAllowed)
            implements Step {
        public ExtractRows {
            files = List.copyOf(files);
        }

        /** The same for a caller who decides himself what no row means. */
        public ExtractRows withEmptyAllowed() {
            return new ExtractRows(
                    connection, extract, kind, keys, files, schema, positionColumn, refuseNullKeys, keepRejects, true);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.extractRows(this);
        }
    }

    /** Runs the stages. */
    record TransformRows(List<Segment> segments, Schema output) implements Step {
        public TransformRows {
            segments = List.copyOf(segments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transformRows(this);
        }
    }

    /**
     * Checks the batch before the load.
     *
     * @param rejecting row checks whose failing rows go to the dead letter
     * @param checking the others
     * @param maxRejected rejected rows, of all kinds, above which the run stops; a share is of the rows extracted
     */
    record GateBatch(List<Check> rejecting, List<Check> checking, Threshold maxRejected) implements Step {
        public GateBatch {
            rejecting = List.copyOf(rejecting);
            checking = List.copyOf(checking);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.gateBatch(this);
        }
    }

    /**
     * Compares all keys of the source with the table's, and adds a deletion to the batch for each that only the table has.
     *
     * @param extract the key columns of the pipeline's extract, read whole from the same snapshot
     * @param columns the key as the source gives it
     * @param mark the column that marks deleted rows; null where they are deleted
     * @param emptyAllowed whether the source may have none of the table's keys
     */
    record CompareKeys(
            String connection,
            Extract extract,
            Schema columns,
            TableName table,
            @Nullable String mark,
            boolean emptyAllowed)
            implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compareKeys(this);
        }
    }

    /**
     * Writes the table in one transaction: fence, schema changes, rows, checks on what was written, ledger row, COMMIT,
     * read-back.
     *
     * @param removal rows that go first: those of files that are no longer there; null for none
     * @param checks with scope touched or table (and those of the batch in a direct plan)
     * @param rekeys facts that are corrected where versions change
     */
    record LoadTable(
            Load load,
            BatchKind kind,
            @Nullable Slice slice,
            @Nullable Removal removal,
            List<SchemaChange> changes,
            List<Check> checks,
            List<Rekey> rekeys)
            implements Step {
        public LoadTable {
            changes = List.copyOf(changes);
            checks = List.copyOf(checks);
            rekeys = List.copyOf(rekeys);
        }

        /** Of a table on which no facts hang. */
        public LoadTable(
                Load load,
                BatchKind kind,
                @Nullable Slice slice,
                @Nullable Removal removal,
                List<SchemaChange> changes,
                List<Check> checks) {
            this(load, kind, slice, removal, changes, checks, List.of());
        }

        /** The same of rows that say nothing of keys they lack. */
        public LoadTable ofDelta() {
            return new LoadTable(load, BatchKind.DELTA, slice, removal, changes, checks, rekeys);
        }

        /** The same, however much of the table it deletes or changes. */
        public LoadTable withoutBreaker() {
            return new LoadTable(load.with(Load.Breaker.NONE), kind, slice, removal, changes, checks, rekeys);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.loadTable(this);
        }
    }

    /** Checks that look beyond the load; they never keep good data out. */
    record CheckAfterCommit(List<Check> checks) implements Step {
        public CheckAfterCommit {
            checks = List.copyOf(checks);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.checkAfterCommit(this);
        }
    }

    /** A user's statement after COMMIT; its failure makes the run partial. */
    record RunAfterwards(String sql) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runAfterwards(this);
        }
    }

    /** One method per step. */
    interface Visitor<R> {
        R takeFence(TakeFence step);

        R extractRows(ExtractRows step);

        R transformRows(TransformRows step);

        R gateBatch(GateBatch step);

        R compareKeys(CompareKeys step);

        R loadTable(LoadTable step);

        R checkAfterCommit(CheckAfterCommit step);

        R runAfterwards(RunAfterwards step);
    }
}
