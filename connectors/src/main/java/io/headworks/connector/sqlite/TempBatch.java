package io.headworks.connector.sqlite;

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
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The batch as a temporary table, its cells declared and compared as those of the table. */
final class TempBatch implements BatchTable {
    private static final String TABLE = "temp." + NAME;
    private static final int ROWS_AT_ONCE = 2048;

    private final Statements sql;
    private final EngineSession engine;
    private final LoadColumns columns;
    private final List<CellWriter> writers;

    TempBatch(Statements sql, EngineSession engine, LoadColumns columns) {
        this.sql = sql;
        this.engine = engine;
        this.columns = columns;
        this.writers = columns.data().stream().map(TempBatch::writer).toList();
    }

    private static CellWriter writer(Pair pair) {
        TargetColumn column = pair.column();
        DataType stored = column.type() == null ? pair.delivered().type() : column.type();
        return new CellWriter(
                pair.delivered().type(), stored, !column.declared().equalsIgnoreCase("JSON"));
    }

    @Override
    public void fill(Relation batch) {
        sql.execute("DROP TABLE IF EXISTS " + TABLE);
        String cells = columns.data().stream()
                .map(pair -> ", " + pair.cell() + " " + spelled(pair.column().declared()) + " COLLATE "
                        + Objects.requireNonNullElse(pair.column().collation(), "BINARY"))
                .collect(Collectors.joining());
        sql.execute("CREATE TEMP TABLE " + NAME + " (hw_row INTEGER PRIMARY KEY, hw_deletion BOOLEAN, hw_order BIGINT"
                + cells + ")");
        try (BatchReader rows = engine.read(asked(batch))) {
            insert(rows, batch);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read the batch: " + failed.getMessage(), null, failed);
        }
    }

    private static String spelled(String declared) {
        return declared.isEmpty() ? "" : SqliteSql.text(declared);
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
        String marks = IntStream.range(0, cells).mapToObj(i -> ", ?").collect(Collectors.joining());
        String names = columns.data().stream().map(pair -> ", " + pair.cell()).collect(Collectors.joining());
        String insert = "INSERT INTO " + TABLE + " (hw_deletion, hw_order" + names + ") VALUES (?, ?" + marks + ")";
        boolean withOp = batch.carries(HiddenColumns.OP);
        boolean withSeq = batch.carries(HiddenColumns.SEQ);
        try (PreparedStatement statement = sql.connection().prepareStatement(insert)) {
            for (ColumnBatch some = rows.next(); some != null; some = rows.next()) {
                for (int row = 0; row < some.rows(); row++) {
                    boolean deletion =
                            withOp && "delete".equals(text(some.columns().get(cells), row));
                    statement.setInt(1, deletion ? 1 : 0);
                    statement.setLong(2, withSeq ? number(some.columns().get(cells + (withOp ? 1 : 0)), row) : 0);
                    for (int i = 0; i < cells; i++) {
                        statement.setObject(i + 3, cell(i, some.columns().get(i), row));
                    }
                    statement.addBatch();
                    if (row % ROWS_AT_ONCE == ROWS_AT_ONCE - 1) {
                        statement.executeBatch();
                    }
                }
                statement.executeBatch();
            }
        } catch (SQLException failed) {
            throw SqliteErrors.of("load the batch", FailureKind.TARGET_UNREACHABLE, failed);
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
                            + pair.delivered().type() + ") in SQLite: it " + unfit.getMessage());
        }
    }

    private static @Nullable String text(Column column, int row) {
        return column.isNull(row) ? null : ((Column.Texts) column).values()[row];
    }

    private static long number(Column column, int row) {
        return column.isNull(row) ? 0 : ((Column.Longs) column).values()[row];
    }
}
