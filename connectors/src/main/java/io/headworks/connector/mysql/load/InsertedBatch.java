package io.headworks.connector.mysql.load;

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
import java.util.stream.Collectors;

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
        sql.database().dropTemporary(sql, NAME);
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
        new InsertedRows(sql, engine, columns, writers).insert(batch, ROWS_AT_ONCE);
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
}
