package io.headworks.connector.jdbc.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.InsertedRows;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import java.util.List;
import java.util.stream.Collectors;

/** The batch as a work table, its cells declared and compared as those of the table. */
final class WorkBatch implements BatchTable {
    private static final int ROWS_AT_ONCE = 1_000;

    private final Statements sql;
    private final JdbcSpelling spelling;
    private final EngineSession engine;
    private final LoadColumns columns;

    WorkBatch(Statements sql, JdbcSpelling spelling, EngineSession engine, LoadColumns columns) {
        this.sql = sql;
        this.spelling = spelling;
        this.engine = engine;
        this.columns = columns;
    }

    @Override
    public void fill(Relation batch) {
        sql.database().dropTemporary(sql, NAME);
        String cells = columns.data().stream()
                .map(pair -> ", " + pair.cell() + " " + pair.column().declared())
                .collect(Collectors.joining());
        String keys = columns.keys().stream().map(Pair::cell).collect(Collectors.joining(", "));
        spelling.dialect()
                .forms()
                .createBatch(spelling.temporary(NAME), cells, keys)
                .forEach(sql::execute);
        List<CellWriter> writers = columns.data().stream()
                .map(pair -> CellWriter.of(pair, spelling.dialect().limits().bytes()))
                .toList();
        new InsertedRows(sql, engine, columns, writers).insert(batch, ROWS_AT_ONCE);
    }
}
