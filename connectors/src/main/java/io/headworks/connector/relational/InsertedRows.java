package io.headworks.connector.relational;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.result.UnfitValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a batch into its temporary table by INSERT with parameters, where a database has no bulk path. */
public final class InsertedRows {
    private final Statements sql;
    private final EngineSession engine;
    private final LoadColumns columns;
    private final List<? extends Cell> cells;

    /** Turns a value of one column into a parameter. */
    public interface Cell {
        /** @throws UnfitValue for a value that the database cannot keep; the message reads "is …" */
        @Nullable
        Object write(Column column, int row) throws UnfitValue;
    }

    /** @param cells one for each column of the data */
    public InsertedRows(Statements sql, EngineSession engine, LoadColumns columns, List<? extends Cell> cells) {
        this.sql = sql;
        this.engine = engine;
        this.columns = columns;
        this.cells = cells;
    }

    /** Fills the empty {@link BatchTable}. */
    public void insert(Relation batch, int rowsAtOnce) {
        long sent;
        try (BatchRows rows = new BatchRows(engine, columns.data(), batch);
                PreparedStatement statement = sql.connection().prepareStatement(statement())) {
            sent = send(rows, statement, rowsAtOnce);
        } catch (SQLException failed) {
            throw sql.database().failure("load the batch", FailureKind.TARGET_UNREACHABLE, failed);
        }
        long taken = sql.number("SELECT count(*) FROM " + sql.spelling().temporary(BatchTable.NAME));
        if (taken != sent) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of a batch: " + sent + " were sent, " + taken + " taken");
        }
    }

    private String statement() {
        List<String> names = Stream.concat(
                        Stream.of("hw_row", "hw_deletion", "hw_order"),
                        columns.data().stream().map(Pair::cell))
                .toList();
        return "INSERT INTO " + sql.spelling().temporary(BatchTable.NAME) + " (" + String.join(", ", names)
                + ") VALUES (" + names.stream().map(name -> "?").collect(Collectors.joining(", ")) + ")";
    }

    private long send(BatchRows rows, PreparedStatement statement, int rowsAtOnce) throws SQLException {
        long number = 0;
        for (ColumnBatch some = rows.next(); some != null; some = rows.next()) {
            for (int row = 0; row < some.rows(); row++) {
                statement.setLong(1, ++number);
                statement.setBoolean(2, rows.isDeletion(some, row));
                statement.setLong(3, rows.order(some, row));
                for (int i = 0; i < cells.size(); i++) {
                    statement.setObject(i + 4, cell(rows, i, some.columns().get(i), row));
                }
                statement.addBatch();
                if (number % rowsAtOnce == 0) {
                    statement.executeBatch();
                }
            }
        }
        if (number % rowsAtOnce != 0) {
            statement.executeBatch();
        }
        return number;
    }

    private @Nullable Object cell(BatchRows rows, int index, Column column, int row) {
        try {
            return cells.get(index).write(column, row);
        } catch (UnfitValue unfit) {
            throw rows.unfit(index, sql.spelling().database(), unfit);
        }
    }
}
