package io.headworks.connector.postgres.load;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Frames;
import io.headworks.api.type.DataType;
import io.headworks.connector.postgres.swap.NewVersion;
import io.headworks.connector.postgres.swap.TableBeside;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows straight into the table: there is nothing to compare them with. */
final class DirectCopy implements DirectInsert {
    private static final long EPOCH_MICROS = 10_957L * 86_400_000_000L;

    private final Statements sql;
    private final TargetTable table;
    private final LoadColumns columns;
    private final CopyTarget target;
    private final LoadedTransaction transaction;
    private @Nullable BareTable bare;
    private @Nullable NewVersion beside;

    DirectCopy(
            Statements sql,
            EngineSession engine,
            TargetTable table,
            LoadColumns columns,
            LoadedTransaction transaction) {
        this(sql, engine, table, columns, transaction, null);
    }

    /** @param beside where the rows go; null for the table itself until {@link #replace} */
    DirectCopy(
            Statements sql,
            EngineSession engine,
            TargetTable table,
            LoadColumns columns,
            LoadedTransaction transaction,
            @Nullable NewVersion beside) {
        this.beside = beside;
        this.sql = sql;
        this.table = table;
        this.columns = columns;
        this.target = new CopyTarget(sql, engine, columns.data());
        this.transaction = transaction;
    }

    /** The columns beside the data must have the types that we give them. */
    static boolean fits(LoadColumns columns) {
        return columns.stampTypes(DataType.BIGINT, DataType.TIMESTAMPTZ);
    }

    @Override
    public TargetTable replace() {
        if (!TableBeside.way(sql, table.sql()).isSwap()) {
            return table;
        }
        NewVersion made = TableBeside.begin(sql, table.sql(), transaction.number());
        beside = made;
        return new TargetTable(table.name(), made.sql(), table.rowId(), table.columns(), table.primaryKey());
    }

    @Override
    public long clear() {
        return beside == null
                ? sql.write(sql.spelling().delete(table.sql(), "t", "true"))
                : sql.number("SELECT count(*) FROM " + table.sql());
    }

    @Override
    public long insert(Relation batch) {
        String into = into();
        return filled(target.copy(batch, into, isNew(), stamps()));
    }

    /** From here on nobody changes the columns until the COPY has begun. */
    @Override
    public long pass(Frames frames) {
        sql.execute("LOCK TABLE " + table.sql() + " IN ROW EXCLUSIVE MODE");
        boolean changed = !sql.database().find(sql, table.name()).equals(Optional.of(table));
        String refusal = changed ? "its columns have just been changed" : UndecodedFit.refusal(frames, columns);
        if (refusal != null) {
            throw new HeadworksException(
                    FailureKind.APPROVAL,
                    "Cannot load into " + table.name() + ": the plan passes rows on undecoded, but " + refusal,
                    "run it again: a new plan will look at the table as it is now");
        }
        List<String> names =
                columns.data().stream().map(pair -> pair.delivered().name()).toList();
        try (Frames.Reader rows = frames.opener().open(names)) {
            String into = into();
            return filled(target.pass(rows, into, isNew(), stamps()));
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.SOURCE_UNREACHABLE, String.valueOf(failed.getMessage()), null, failed);
        }
    }

    private String into() {
        bare = isNew() && beside == null
                ? BareTable.of(sql, table, columns, transaction).orElse(null)
                : null;
        if (bare == null) {
            return (beside == null ? table.sql() : beside.sql()) + " (" + columns.insertList() + ")";
        }
        bare.bare();
        return table.sql();
    }

    private CopyTarget.Extra stamps() {
        return bare == null ? new Stamps(columns) : CopyTarget.Extra.NONE;
    }

    private boolean isNew() {
        return beside != null || transaction.made(table.name());
    }

    private long filled(long rows) {
        if (bare != null) {
            bare.stamp();
        }
        if (beside != null) {
            beside.index();
        }
        return rows;
    }

    @Override
    public void publish() {
        if (beside != null) {
            beside.publish();
        }
    }

    @Override
    public String hash() {
        return target.hash();
    }

    /** Behind each row: that it is not deleted, the run's number, and its time. */
    private static final class Stamps implements CopyTarget.Extra {
        private final boolean marks;
        private final @Nullable Long run;
        private final @Nullable Instant loadedAt;

        Stamps(LoadColumns columns) {
            this.marks = columns.marks();
            this.run = columns.runStamp();
            this.loadedAt = columns.timeStamp();
        }

        @Override
        public int fields() {
            return (marks ? 1 : 0) + (run == null ? 0 : 1) + (loadedAt == null ? 0 : 1);
        }

        @Override
        public int lengthBefore() {
            return 0;
        }

        @Override
        public int lengthAfter() {
            return ColumnWriter.LENGTH * fields()
                    + (marks ? 1 : 0)
                    + (run == null ? 0 : 8)
                    + (loadedAt == null ? 0 : 8);
        }

        @Override
        public void before(TupleBuffer out, long row, boolean deletion, long order) {}

        @Override
        public void after(TupleBuffer out, RowHash hash) {
            if (marks) {
                out.putInt(1);
                out.putByte(0);
            }
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
