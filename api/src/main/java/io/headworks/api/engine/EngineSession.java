package io.headworks.api.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * The keys that are not among others, column by column in their order: each once, without those that have NULL. Run
     * once and kept in work storage.
     */
    Relation absent(Relation keys, Relation among);

    /** The rows whose values in the columns of {@code keys} are among those of {@code keys}; NULL is NULL. */
    Relation among(Relation rows, Relation keys);

    /** The rows of a batch, and with them a deletion of each of the keys, with {@link HiddenColumns#OP}. */
    Relation withDeletions(Relation batch, Relation keys);

    /** How many rows have NULL in a column. */
    long nulls(Relation rows, String column);

    /** The output of operations over an input, compiled, not run. Carries REASON when one of them may reject. */
    Relation apply(Relation input, List<Operation> operations);

    /**
     * Marks the rows that fail any of the row checks with REASON (the first that fails).
     *
     * @param personal columns of which no reason shows a value, in whatever case
     */
    Relation mark(Relation input, List<Check> rowChecks, List<String> personal);

    /** Rows without REASON, or those with it turned into {@link RejectColumns} for a stage. */
    Relation accepted(Relation marked);

    /** See {@link #accepted}; {@code origin} is the staged extract, found by SEQ, whose row becomes the payload. */
    Relation rejected(Relation marked, String stage, Relation origin);

    /** Runs a relation once and keeps its rows in work storage. */
    Relation materialise(String name, Relation relation);

    /**
     * Writes relations into a new file of the engine's own, each as it is and in its order. They are on the disk when this
     * returns.
     *
     * @param relations by the names under which {@link #kept} finds them
     */
    void keep(Path file, Map<String, Relation> relations);

    /** Rows of a file that {@link #keep} wrote; it stays open until this session ends. */
    Relation kept(Path file, String name, Schema schema, List<String> hidden);

    /** Rows of several relations with the same columns, one after the other. */
    Relation union(List<Relation> relations);

    /** How many rows there are; of a {@link #stream} that a statement has read, how many that read. */
    long count(Relation relation);

    /** The largest value of a column as text of its type, or null when there is none. */
    @org.jspecify.annotations.Nullable
    String max(Relation relation, String column);

    /** Rows as batches, for a target that the engine cannot write itself. */
    BatchReader read(Relation relation);

    /** The same for a target that writes texts as bytes: they may come as {@code Column.Utf8}, without an object each. */
    default BatchReader readUtf8(Relation relation) {
        return read(relation);
    }

    /** Batches of a target's or source's rows brought into work storage. */
    Relation load(String name, BatchReader rows);

    /** Gives a dataset's name a meaning in look-ups, references and user SQL of this run. */
    void bind(DatasetName name, Relation relation);

    /** Values for {@code {{ … }}} in user SQL, by name; bound as typed literals, {@link ChangedRows} as a condition. */
    void values(Map<String, Object> values);

    /** Plans the checks together, each in its cheapest form, and runs them. One result per check, in order. */
    List<CheckResult> check(CheckScope scope, List<Check> checks);

    /** All rows that fail a check, each as a JSON text in the only column; empty for a rule that points at no rows. */
    Optional<Relation> failing(CheckScope scope, Check check);

    /** The statements by which {@link #check} would answer, in order, and what it would refuse; runs none of them. */
    List<String> checkStatements(CheckScope scope, List<Check> checks);

    /** The columns of a SELECT over bound datasets. */
    Schema describe(String sql);

    /** A SELECT over bound datasets, for {@code hw query}: read-only. */
    Relation query(String sql);

    /**
     * A SELECT of a user's over bound datasets, with {@code {{ … }}} filled in; compiled, not run.
     *
     * @param file for messages
     * @throws io.headworks.api.failure.HeadworksException of kind PROJECT when it cannot be compiled, or reads what is no
     *     dataset
     */
    Relation select(String file, String sql);

    /** How rows of two relations are compared. */
    RowComparison comparison();

    /** How relations are described. */
    Profiling profiling();

    /** The request to stop that this session obeys, and with it what works on its rows. */
    Cancellation cancellation();

    /** How far the work has come; the one thing that any thread may ask at any time, also after the end. */
    WorkProgress progress();

    /** Removes the run's work storage. */
    @Override
    void close();
}
