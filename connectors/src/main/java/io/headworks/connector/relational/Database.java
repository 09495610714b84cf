package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.NameRule;
import io.headworks.api.source.Frames;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one kind of database does in its own way when it is loaded; the rest is said once, in this package. */
public interface Database {
    Spelling spelling();

    /** @param unreachable the kind for a database that cannot be reached or read */
    HeadworksException failure(String what, FailureKind unreachable, SQLException failed);

    /** A value for the parameter of one of our tables' columns: String, Integer, Long or Instant. */
    @Nullable
    Object parameter(@Nullable Object value);

    @Nullable
    Instant instant(ResultSet row, String column) throws SQLException;

    boolean ownTableExists(Statements sql, String table);

    /** A table as the catalogue has it. */
    Optional<TargetTable> look(Statements sql, TableName name);

    /** A table, its columns by their own names also where the database cannot have them. */
    default Optional<TargetTable> find(Statements sql, TableName name) {
        Optional<TargetTable> found = look(sql, name);
        return spelling().names().equals(NameRule.ANY) ? found : found.map(ColumnNames.of(sql, name)::own);
    }

    List<TableName> tables(Statements sql);

    /** How many rows a table has; an estimate where counting takes long. */
    default long rows(Statements sql, TargetTable table) {
        return sql.number("SELECT count(*) FROM " + table.sql());
    }

    /** Columns have the names of the database here. Where {@link #changesCommit}, it finds out itself whether the change is there already. */
    void change(Statements sql, TableName name, SchemaChange change);

    /** True when a change of a table's columns ends a transaction: it is then made before the load's begins. */
    default boolean changesCommit() {
        return false;
    }

    default RowKey rowKey(TargetTable table, LoadColumns columns) {
        return RowKey.ofNumber("t." + table.rowId());
    }

    /** Why a column of the table does not hold every value of the batch's, beyond what types tell; null when it does. */
    @Nullable
    String unfit(TargetColumn column, Field delivered);

    /** Begins the load's transaction. */
    void begin(Statements sql);

    /** Keeps other writers of the table out until the transaction ends. */
    default void lock(Statements sql, TargetTable table) {}

    boolean inTransaction(Statements sql);

    /** Asks that the statement which runs on a connection be stopped; called by another thread, also when none runs. */
    default void interrupt(Connection connection) throws SQLException {}

    default void commit(Statements sql) {
        sql.execute("COMMIT");
    }

    default void rollBack(Statements sql) {
        sql.execute("ROLLBACK");
    }

    /** A batch on its way into a temporary table of the connection. */
    BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns);

    /** A way for rows that need no comparison with others, past any temporary table; null where there is none. */
    default @Nullable DirectInsert direct(
            Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        return null;
    }

    default void dropTemporary(Statements sql, String table) {
        sql.execute(spelling().dropTemporary(table));
    }

    /** Called when a load has no more use for the batch. */
    default void dropBatch(Statements sql) {
        dropTemporary(sql, BatchTable.NAME);
    }

    /** The rows that the statements to come will write. */
    TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns);

    /**
     * Rows of a table brought into the engine.
     *
     * @param from what follows FROM, with the table as {@code t}
     */
    Relation read(Statements sql, EngineSession engine, TargetTable table, String from);

    /**
     * {@link #read} of a table's keys, which may be a stream that is read once, before this session is asked for more.
     *
     * @param mark the column that marks deleted rows, which are left out; null for none
     */
    default Relation keys(Statements sql, EngineSession engine, TargetTable keys, @Nullable TargetColumn mark) {
        String live = mark == null ? "" : " WHERE t." + mark.sql() + " IS NULL OR NOT t." + mark.sql();
        return read(sql, engine, keys, keys.sql() + " AS t" + live);
    }

    /** What follows a table's first rows: keys and indexes that are cheaper to build afterwards. */
    default void afterFirstLoad(Statements sql, TargetTable table, LoadColumns columns, Strategy strategy) {}

    /** A batch as a temporary table: {@code hw_row, hw_deletion, hw_order}, then a cell for each column. */
    interface BatchTable {
        String NAME = "hw_tmp_batch";

        void fill(Relation batch);
    }

    /** How the table would be replaced as a whole, where that depends on the table: a sentence for {@code hw plan}. */
    default @Nullable String replacing(Statements sql, TargetTable table) {
        return null;
    }

    /** How rows of a partition would be replaced, where that depends on the table: a sentence for {@code hw plan}. */
    default @Nullable String replacingPart(Statements sql, TargetTable table) {
        return null;
    }

    /** True where {@link #part} may answer a way. */
    default boolean mayReplaceParts(Statements sql, TargetTable table) {
        return false;
    }

    /**
     * A way to replace a part of the table by a new one, where the rows that are replaced and those of the batch are just
     * that part's; null where rows are deleted and inserted. The batch is in its temporary table, without deletions.
     *
     * @param replaced a condition on the table's rows {@code t}
     */
    default @Nullable DirectInsert part(
            Statements sql, EngineSession engine, TargetTable table, LoadColumns columns, String replaced) {
        return null;
    }

    /** See {@link io.headworks.api.target.Target#refusal}. */
    default @Nullable String refusal(Statements sql, Frames frames, Schema columns, Load load) {
        return "";
    }

    /** Rows of the engine straight into the table. */
    interface DirectInsert {
        /**
         * Called first, with other writers locked out, where the rows take the place of all that are there.
         *
         * @return where the new rows are until {@link #publish}
         */
        TargetTable replace();

        /** After {@link #replace}: takes away the rows that were there, now or at the end, and answers how many. */
        long clear();

        long insert(Relation batch);

        /** The same for rows that are passed on undecoded. */
        default long pass(Frames frames) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot take rows as " + frames.form() + ": this target decodes them");
        }

        /** Called when the rows have passed the gate, right before COMMIT. */
        void publish();

        /** Of all rows inserted; of the same algorithm as {@link TouchedRows#hash}. */
        String hash();
    }

    /** The rows that a load writes, and a hash of their content. */
    interface TouchedRows {
        /** Ends the noting; the rows stay known until the transaction ends. */
        void end();

        /** How many there are; negative where only a scan of the table could tell. */
        long count();

        /** What follows FROM, with the table as {@code t}. */
        String from();

        /**
         * Says, before it is so, which rows of the batch are not written.
         *
         * @param batchRows a SELECT of their {@code hw_row}
         */
        default void without(String batchRows) {}

        /**
         * Says, before it is so, which rows of the table are marked as deleted.
         *
         * @param tableRows a SELECT of their {@link Database#rowKey}
         */
        default void marking(String tableRows) {}

        String hashAlgorithm();

        /** @param columns a select list over {@code t} */
        String hash(String columns);
    }
}
