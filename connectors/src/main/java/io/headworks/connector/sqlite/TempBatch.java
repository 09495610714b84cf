package io.headworks.connector.sqlite;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.InsertedRows;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

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
        new InsertedRows(sql, engine, columns, writers).insert(batch, ROWS_AT_ONCE);
    }

    private static String spelled(String declared) {
        return declared.isEmpty() ? "" : SqliteSql.text(declared);
    }
}
