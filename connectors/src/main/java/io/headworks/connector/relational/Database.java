package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.Field;
import io.headworks.connector.relational.TargetTable.TargetColumn;
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

    Optional<TargetTable> find(Statements sql, TableName name);

    List<TableName> tables(Statements sql);

    /** How many rows a table has; an estimate where counting takes long. */
    default long rows(Statements sql, TargetTable table) {
        return sql.number("SELECT count(*) FROM " + table.sql());
    }

    /** Where {@link #changesCommit}, it finds out itself whether the change is there already. */
    void change(Statements sql, TableName name, SchemaChange change);

    /** True when a change of a table's columns ends a transaction: it is then made before the load's begins. */
    default boolean changesCommit() {
        return false;
    }

    /** What tells a row of the table {@code t} from all others. */
    default String rowId(TargetTable table, LoadColumns columns) {
        return "t." + table.rowId();
    }

    /** Why a column of the table does not hold every value of the batch's, beyond what types tell; null when it does. */
    @Nullable
    String unfit(TargetColumn column, Field delivered);

    /** Begins the load's transaction. */
    void begin(Statements sql);

    /** Keeps other writers of the table out until the transaction ends. */
    default void lock(Statements sql, TargetTable table) {}

    boolean inTransaction(Statements sql);

    /** A batch on its way into a temporary table of the connection. */
    BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns);

    /** A way for rows that need no comparison with others, past any temporary table; null where there is none. */
    default @Nullable DirectInsert direct(
            Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        return null;
    }

    /** Called when a load has no more use for the batch. */
    default void dropBatch(Statements sql) {
        sql.execute(spelling().dropTemporary(BatchTable.NAME));
    }

    /** The rows that the statements to come will write. */
    TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns);

    /**
     * Rows of a table brought into the engine.
     *
     * @param from what follows FROM, with the table as {@code t}
     */
    Relation read(Statements sql, EngineSession engine, TargetTable table, String from);

    /** What follows a table's first rows: keys and indexes that are cheaper to build afterwards. */
    default void afterFirstLoad(Statements sql, TargetTable table, LoadColumns columns, Strategy strategy) {}

    /** A batch as a temporary table: {@code hw_row, hw_deletion, hw_order}, then a cell for each column. */
    interface BatchTable {
        String NAME = "hw_tmp_batch";

        void fill(Relation batch);
    }

    /** Rows of the engine straight into the table. */
    interface DirectInsert {
        long insert(Relation batch);

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
         * @param tableRows a SELECT of their {@link Database#rowId}
         */
        default void marking(String tableRows) {}

        String hashAlgorithm();

        /** @param columns a select list over {@code t} */
        String hash(String columns);
    }
}
