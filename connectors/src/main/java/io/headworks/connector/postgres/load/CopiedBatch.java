package io.headworks.connector.postgres.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.stream.Collectors;

/** A batch in a temporary table, its cells of the table's own types, each row with the hash of its data. */
final class CopiedBatch implements BatchTable {
    static final String HASH_HIGH = "hw_hash_high";
    static final String HASH_LOW = "hw_hash_low";

    private final Statements sql;
    private final EngineSession engine;
    private final LoadColumns columns;

    CopiedBatch(Statements sql, EngineSession engine, LoadColumns columns) {
        this.sql = sql;
        this.engine = engine;
        this.columns = columns;
    }

    @Override
    public void fill(Relation batch) {
        String table = sql.spelling().temporary(NAME);
        String cells = columns.data().stream()
                .map(pair -> ", " + pair.cell() + " " + declared(pair.column()))
                .collect(Collectors.joining());
        sql.execute("DROP TABLE IF EXISTS " + table);
        sql.execute("CREATE TEMPORARY TABLE " + NAME
                + " (hw_row bigint NOT NULL, hw_deletion boolean NOT NULL, hw_order bigint NOT NULL" + cells + ", "
                + HASH_HIGH + " bigint NOT NULL, " + HASH_LOW + " bigint NOT NULL)");
        String names = columns.data().stream().map(Pair::cell).collect(Collectors.joining(", "));
        new CopyTarget(sql, engine, columns.data())
                .copy(
                        batch,
                        table + " (hw_row, hw_deletion, hw_order, " + (names.isEmpty() ? "" : names + ", ") + HASH_HIGH
                                + ", " + HASH_LOW + ")",
                        false,
                        new Marks());
    }

    private static String declared(TargetColumn column) {
        return column.declared() + (column.collation() == null ? "" : " COLLATE " + column.collation());
    }

    private static final class Marks implements CopyTarget.Extra {
        @Override
        public int fields() {
            return 5;
        }

        @Override
        public int lengthBefore() {
            return 3 * ColumnWriter.LENGTH + 8 + 1 + 8;
        }

        @Override
        public int lengthAfter() {
            return 2 * (ColumnWriter.LENGTH + 8);
        }

        @Override
        public void before(TupleBuffer out, long row, boolean deletion, long order) {
            out.putInt(8);
            out.putLong(row);
            out.putInt(1);
            out.putByte(deletion ? 1 : 0);
            out.putInt(8);
            out.putLong(order);
        }

        @Override
        public void after(TupleBuffer out, RowHash hash) {
            out.putInt(8);
            out.putLong(hash.rowHigh());
            out.putInt(8);
            out.putLong(hash.rowLow());
        }
    }
}
