package io.headworks.connector.mysql.load;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.result.UnfitValue;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The batch as a temporary table, its cells declared and compared as those of the table. Rows come by INSERT of many rows
 * at once; LOAD DATA LOCAL would mean a driver that reads files for a server.
 */
final class InsertedBatch implements BatchTable {
    private static final int ROWS_AT_ONCE = 500;
    private static final int INDEXED_CHARACTERS = 64;

    private final Statements sql;
    private final EngineSession engine;
    private final LoadColumns columns;
    private final List<CellWriter> writers;

    InsertedBatch(Statements sql, EngineSession engine, LoadColumns columns) {
        this.sql = sql;
        this.engine = engine;
        this.columns = columns;
        this.writers = columns.data().stream().map(CellWriter::of).toList();
    }

    @Override
    public void fill(Relation batch) {
        sql.execute(sql.spelling().dropTemporary(NAME));
        String cells = columns.data().stream()
                .map(pair -> ", " + pair.cell() + " " + declared(pair.column()))
                .collect(Collectors.joining());
        List<Pair> keys = columns.keys();
        String index = keys.isEmpty()
                ? ""
                : keys.stream().map(InsertedBatch::indexed).collect(Collectors.joining(", ", ", INDEX (", ")"));
        sql.execute("CREATE TEMPORARY TABLE " + sql.spelling().temporary(NAME)
                + " (hw_row BIGINT NULL, hw_deletion TINYINT(1) NOT NULL, hw_order BIGINT NOT NULL" + cells
                + ", UNIQUE INDEX (hw_row)" + index + ") ENGINE=InnoDB");
        try (BatchReader rows = engine.read(asked(batch))) {
            insert(rows, batch);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read the batch: " + failed.getMessage(), null, failed);
        }
    }

    private static String declared(TargetColumn column) {
        return column.declared() + (column.collation() == null ? "" : " COLLATE " + column.collation()) + " NULL";
    }

    private static String indexed(Pair key) {
        DataType type = key.column().readAs();
        boolean large = type == DataType.Simple.TEXT
                || type == DataType.Simple.BINARY
                || type == DataType.Simple.JSON
                || type instanceof DataType.Bounded bounded && bounded.length() > INDEXED_CHARACTERS;
        return key.cell() + (large ? "(" + INDEXED_CHARACTERS + ")" : "");
    }

    /** The batch's columns in the table's order, then the hidden ones as columns like others. */
    private Relation asked(Relation batch) {
        List<Field> fields = new ArrayList<>();
        columns.data().forEach(pair -> fields.add(pair.delivered()));
        if (batch.carries(HiddenColumns.OP)) {
            fields.add(new Field(HiddenColumns.OP, DataType.TEXT));
        }
        if (batch.carries(HiddenColumns.SEQ)) {
            fields.add(new Field(HiddenColumns.SEQ, DataType.BIGINT));
        }
        return new Relation(batch.sql(), new Schema(fields), List.of());
    }

    private void insert(BatchReader rows, Relation batch) throws IOException {
        int cells = writers.size();
        List<String> names = Stream.concat(
                        Stream.of("hw_row", "hw_deletion", "hw_order"),
                        columns.data().stream().map(Pair::cell))
                .toList();
        String insert = "INSERT INTO " + sql.spelling().temporary(NAME) + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(name -> "?").collect(Collectors.joining(", ")) + ")";
        int op = batch.carries(HiddenColumns.OP) ? cells : -1;
        int seq = batch.carries(HiddenColumns.SEQ) ? cells + (op < 0 ? 0 : 1) : -1;
        long number = 0;
        try (PreparedStatement statement = sql.connection().prepareStatement(insert)) {
            for (ColumnBatch some = rows.next(); some != null; some = rows.next()) {
                for (int row = 0; row < some.rows(); row++) {
                    List<Column> all = some.columns();
                    statement.setLong(1, ++number);
                    statement.setInt(2, op >= 0 && "delete".equals(((Column.Texts) all.get(op)).values()[row]) ? 1 : 0);
                    statement.setLong(3, seq < 0 ? 0 : ((Column.Longs) all.get(seq)).values()[row]);
                    for (int i = 0; i < cells; i++) {
                        statement.setObject(i + 4, cell(i, all.get(i), row));
                    }
                    statement.addBatch();
                    if (number % ROWS_AT_ONCE == 0) {
                        statement.executeBatch();
                    }
                }
            }
            statement.executeBatch();
        } catch (SQLException failed) {
            throw sql.database().failure("load the batch", FailureKind.TARGET_UNREACHABLE, failed);
        }
        long taken = sql.number("SELECT count(*) FROM " + sql.spelling().temporary(NAME));
        if (taken != number) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of a batch: " + number + " were sent, " + taken + " taken");
        }
    }

    private @Nullable Object cell(int index, Column column, int row) {
        try {
            return writers.get(index).write(column, row);
        } catch (UnfitValue unfit) {
            Pair pair = columns.data().get(index);
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot keep a value of column '" + pair.column().name() + "' ("
                            + pair.delivered().type() + ") in MySQL: it " + unfit.getMessage());
        }
    }
}
