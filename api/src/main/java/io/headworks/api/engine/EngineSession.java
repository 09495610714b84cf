package io.headworks.api.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Schema;
import java.util.List;
import java.util.Map;

/**
 * The engine of one run, with work storage of its own. Used by one thread at a time. A cancellation interrupts the
 * statement that is running, which then throws a HeadworksException of kind CANCELLED.
 */
public interface EngineSession extends AutoCloseable {

    /** Storage read in place, whole and strictly: a row that does not fit fails the statement that reads it. */
    Relation scan(Scan scan);

    /**
     * Streams as rows of one statement, which reads them once. A row that does not fit fails that statement. They are
     * closed with the session at the latest.
     */
    Relation stream(RowSource.Parallel rows);

    /** No rows, with these columns: what the planner compiles operations over to learn their output. */
    Relation empty(Schema schema);

    /** Reads an extract into work storage; rows that do not fit go to the rejects. */
    Staged stage(String name, RowSource rows);

    /** The rows whose key lies in a range; the range decides about NULL keys. */
    Relation within(Relation rows, KeyRange range);

    /** The rows with {@link HiddenColumns#OP}: {@code delete} where the condition holds, {@code upsert} elsewhere. */
    Relation markDeletes(Relation rows, String condition);

    /** How many rows have NULL in a column. */
    long nulls(Relation rows, String column);

    /** The output of operations over an input, compiled, not run. Carries REASON when one of them may reject. */
    Relation apply(Relation input, List<Operation> operations);

    /** Marks the rows that fail any of the row checks with REASON (the first that fails). */
    Relation mark(Relation input, List<Check> rowChecks);

    /** Rows without REASON, or those with it turned into {@link RejectColumns} for a stage. */
    Relation accepted(Relation marked);

    /** See {@link #accepted}; {@code origin} is the staged extract, found by SEQ, whose row becomes the payload. */
    Relation rejected(Relation marked, String stage, Relation origin);

    /** Runs a relation once and keeps its rows in work storage. */
    Relation materialise(String name, Relation relation);

    /** Rows of several relations with the same columns, one after the other. */
    Relation union(List<Relation> relations);

    long count(Relation relation);

    /** The largest value of a column as text of its type, or null when there is none. */
    @org.jspecify.annotations.Nullable
    String max(Relation relation, String column);

    /** Rows as batches, for a target that the engine cannot write itself. */
    BatchReader read(Relation relation);

    /** Batches of a target's or source's rows brought into work storage. */
    Relation load(String name, BatchReader rows);

    /** Gives a dataset's name a meaning in look-ups, references and user SQL of this run. */
    void bind(DatasetName name, Relation relation);

    /** Values for {@code {{ … }}} in user SQL, by name; bound as typed literals. */
    void values(Map<String, Object> values);

    /** Plans the checks together, each in its cheapest form, and runs them. One result per check, in order. */
    List<CheckResult> check(CheckScope scope, List<Check> checks);

    /** The statements by which {@link #check} would answer, in order, and what it would refuse; runs none of them. */
    List<String> checkStatements(CheckScope scope, List<Check> checks);

    /** The columns of a SELECT over bound datasets. */
    Schema describe(String sql);

    /** A SELECT over bound datasets, for {@code hw query}: read-only. */
    Relation query(String sql);

    /** How far the work has come; the one thing that any thread may ask at any time, also after the end. */
    WorkProgress progress();

    /** Removes the run's work storage. */
    @Override
    void close();
}
