package io.headworks.connector.mysql.load;

import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Strategy;
import io.headworks.connector.relational.BatchRows;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.result.UnfitValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows straight into a table. Where it has no others, because it is new or is replaced as a whole, all that the transaction
 * sees in it is what was written; its snapshot keeps out what others commit meanwhile. Beside other rows nothing tells them
 * apart without a scan: that way is taken only where nobody will look at them.
 */
final class DirectRows implements DirectInsert {
    private static final int ROWS_AT_ONCE = 500;

    private final Statements sql;
    private final EngineSession engine;
    private final TargetTable table;
    private final LoadColumns columns;
    private final List<CellWriter> writers;
    private final boolean alone;
    private final SentHash sent = new SentHash();
    private boolean filled;

    private DirectRows(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns, boolean alone) {
        this.alone = alone;
        this.sql = sql;
        this.engine = engine;
        this.table = table;
        this.columns = columns;
        this.writers = columns.data().stream().map(CellWriter::of).toList();
    }

    /** Null where rows of others stay in the table and those written must be told from them. */
    static @Nullable DirectRows of(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        boolean alone = columns.strategy() == Strategy.TRUNCATE_RELOAD
                || sql.query("SELECT 1 FROM " + table.sql() + " LIMIT 1", row -> row.getInt(1))
                        .isEmpty();
        boolean untold = columns.strategy() == Strategy.APPEND && columns.keys().isEmpty() && !columns.isInspected();
        return alone || untold ? new DirectRows(sql, engine, table, columns, alone) : null;
    }

    /** True when the rows went this way. */
    boolean filled() {
        return filled;
    }

    @Override
    public TargetTable replace() {
        return table;
    }

    @Override
    public long clear() {
        return sql.write(sql.spelling().delete(table.sql(), "t", "true"));
    }

    @Override
    public long insert(Relation batch) {
        filled = true;
        try (BatchRows rows = new BatchRows(engine, columns.data(), batch);
                PreparedStatement statement = sql.connection().prepareStatement(statement())) {
            return send(rows, statement);
        } catch (SQLException failed) {
            throw sql.database().failure("load into " + table.name(), FailureKind.TARGET_UNREACHABLE, failed);
        }
    }

    /** All values are parameters: the driver, which makes one statement of many, loses what stands behind the last one. */
    private String statement() {
        String values = columns.written().stream().map(name -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO " + table.sql() + " (" + columns.insertList() + ") VALUES (" + values + ")";
    }

    private long send(BatchRows rows, PreparedStatement statement) throws SQLException {
        List<Object> stamps = stamps();
        long count = 0;
        for (ColumnBatch some = rows.next(); some != null; some = rows.next()) {
            for (int row = 0; row < some.rows(); row++) {
                int parameter = 0;
                for (int i = 0; i < writers.size(); i++) {
                    Object cell = cell(rows, i, some, row);
                    statement.setObject(++parameter, cell);
                    if (!alone) {
                        sent.cell(cell);
                    }
                }
                if (!alone) {
                    sent.endRow();
                }
                for (Object stamp : stamps) {
                    statement.setObject(++parameter, stamp);
                }
                statement.addBatch();
                if (++count % ROWS_AT_ONCE == 0) {
                    statement.executeBatch();
                }
            }
        }
        if (count % ROWS_AT_ONCE != 0) {
            statement.executeBatch();
        }
        return count;
    }

    /** Behind the data of each row: that it is not deleted, the run's number, and its time. */
    private List<Object> stamps() {
        List<Object> stamps = new ArrayList<>();
        if (columns.marks()) {
            stamps.add(0);
        }
        Long run = columns.runStamp();
        if (run != null) {
            stamps.add(run);
        }
        Instant loadedAt = columns.timeStamp();
        if (loadedAt != null) {
            stamps.add(MysqlSpelling.instantText(loadedAt));
        }
        return stamps;
    }

    private @Nullable Object cell(BatchRows rows, int index, ColumnBatch some, int row) {
        try {
            return writers.get(index).write(some.columns().get(index), row);
        } catch (UnfitValue unfit) {
            throw rows.unfit(index, sql.spelling().database(), unfit);
        }
    }

    @Override
    public void publish() {}

    @Override
    public String hash() {
        return alone ? new ServerHash().of(sql, table, columns, from()) : sent.sum();
    }

    String hashAlgorithm() {
        return alone ? new ServerHash().algorithm() : SentHash.ALGORITHM;
    }

    boolean isAlone() {
        return alone;
    }

    /** The rows that were written, which are all. */
    String from() {
        if (!alone) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot look at the rows written into " + table.name() + ": nobody was to look at them");
        }
        return table.sql() + " AS t";
    }
}
