package io.headworks.connector.relational;

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
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.result.UnfitValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A batch on its way from the engine: the data in the order of the table's columns, then what hidden columns say. */
public final class BatchRows implements AutoCloseable {
    private final List<Pair> data;
    private final int op;
    private final int seq;
    private final BatchReader reader;

    public BatchRows(EngineSession engine, List<Pair> data, Relation batch) {
        this(data, batch, engine::read);
    }

    /** With texts as bytes where the engine has them so. */
    public static BatchRows utf8(EngineSession engine, List<Pair> data, Relation batch) {
        return new BatchRows(data, batch, engine::readUtf8);
    }

    private BatchRows(List<Pair> data, Relation batch, Function<Relation, BatchReader> reading) {
        this.data = data;
        List<Field> fields = new ArrayList<>();
        data.forEach(pair -> fields.add(pair.delivered()));
        this.op = asked(batch, new Field(HiddenColumns.OP, DataType.TEXT), fields);
        this.seq = asked(batch, new Field(HiddenColumns.SEQ, DataType.BIGINT), fields);
        this.reader = reading.apply(new Relation(batch.sql(), new Schema(fields), List.of()));
    }

    private static int asked(Relation batch, Field hidden, List<Field> fields) {
        if (!batch.carries(hidden.name())) {
            return -1;
        }
        fields.add(hidden);
        return fields.size() - 1;
    }

    /** The next rows, or null after the last. */
    public @Nullable ColumnBatch next() {
        try {
            return reader.next();
        } catch (IOException failed) {
            throw unread(failed);
        }
    }

    public boolean isDeletion(ColumnBatch some, int row) {
        if (op < 0) {
            return false;
        }
        Column column = some.columns().get(op);
        return "delete"
                .equals(column instanceof Column.Utf8 utf8 ? utf8.text(row) : ((Column.Texts) column).values()[row]);
    }

    /** Of rows with one key the last is the newest; 0 for all where nothing says so. */
    public long order(ColumnBatch some, int row) {
        return seq < 0 ? 0 : ((Column.Longs) some.columns().get(seq)).values()[row];
    }

    /** What a value is refused with; {@code index} is that of its column in the data. */
    public HeadworksException unfit(int index, String database, UnfitValue unfit) {
        Pair pair = data.get(index);
        return new HeadworksException(
                FailureKind.RUN,
                "Cannot keep a value of column '" + pair.column().name() + "' ("
                        + pair.delivered().type() + ") in " + database + ": it " + unfit.getMessage());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException failed) {
            throw unread(failed);
        }
    }

    private static HeadworksException unread(IOException failed) {
        return new HeadworksException(
                FailureKind.INTERNAL, "Cannot read the batch: " + failed.getMessage(), null, failed);
    }
}
