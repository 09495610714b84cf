package io.headworks.connector.postgres.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Rows straight into the table, with nothing to compare. */
final class DirectCopy implements DirectInsert {
    private static final long EPOCH_MICROS = 10_957L * 86_400_000_000L;

    private final TargetTable table;
    private final LoadColumns columns;
    private final CopyTarget target;

    DirectCopy(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        this.table = table;
        this.columns = columns;
        this.target = new CopyTarget(sql, engine, columns.data());
    }

    /** The columns beside the data must have the types that we give them. */
    static boolean fits(LoadColumns columns) {
        return columns.stampTypes(DataType.BIGINT, DataType.TIMESTAMPTZ);
    }

    @Override
    public long insert(Relation batch) {
        return target.copy(batch, table.sql() + " (" + columns.insertList() + ")", new Stamps(columns));
    }

    @Override
    public String hash() {
        return target.hash();
    }

    /** The run's number and its time behind each row. */
    private static final class Stamps implements CopyTarget.Extra {
        private final @Nullable Long run;
        private final @Nullable Instant loadedAt;

        Stamps(LoadColumns columns) {
            this.run = columns.runStamp();
            this.loadedAt = columns.timeStamp();
        }

        @Override
        public int fields() {
            return (run == null ? 0 : 1) + (loadedAt == null ? 0 : 1);
        }

        @Override
        public void before(TupleBuffer out, long row, boolean deletion, long order) {}

        @Override
        public void after(TupleBuffer out, RowHash hash) {
            if (run != null) {
                out.putInt(8);
                out.putLong(run);
            }
            if (loadedAt != null) {
                out.putInt(8);
                out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, loadedAt) - EPOCH_MICROS);
            }
        }
    }
}
