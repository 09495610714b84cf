package io.headworks.connector.result;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A result as batches. */
public final class ResultRows implements BatchReader {
    private static final int LONGEST_RAW = 10_000;
    private static final int LONGEST_VALUE = 200;
    /** After which a batch is full, however few its rows. */
    private static final long BATCH_BYTES = 16_000_000;

    private final ResultSet result;
    private final Schema schema;
    private final List<Cells> cells;
    private final String source;
    private final Consumer<RejectedRow> rejects;
    private final Failures failures;
    private final Ending ending;
    private boolean ended;
    private long bytes;

    /** A failure of the driver as a sentence; {@code what} reads "read orders". */
    public interface Failures {
        HeadworksException of(String what, SQLException failed);
    }

    /** What closes the result and what it holds. */
    public interface Ending {
        /** @param whole true when the last row was read */
        void close(boolean whole) throws SQLException;
    }

    /**
     * Reads a result.
     *
     * @param cells a reader for each field of the schema, in order
     * @param source the name of the table, for rejected rows
     */
    public ResultRows(
            ResultSet result,
            Schema schema,
            List<Cells> cells,
            String source,
            Consumer<RejectedRow> rejects,
            Failures failures,
            Ending ending) {
        this.result = result;
        this.schema = schema;
        this.cells = List.copyOf(cells);
        this.source = source;
        this.rejects = rejects;
        this.failures = failures;
        this.ending = ending;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() {
        int rows = 0;
        bytes = 0;
        try {
            while (rows < Cells.ROWS && bytes < BATCH_BYTES && !ended) {
                if (!result.next()) {
                    ended = true;
                } else if (readRow(rows)) {
                    rows++;
                }
            }
        } catch (SQLException failed) {
            throw failures.of("read " + source, failed);
        }
        if (rows == 0) {
            return null;
        }
        List<Column> columns = new ArrayList<>();
        for (Cells column : cells) {
            columns.add(column.take(rows));
        }
        return new ColumnBatch(schema, rows, columns);
    }

    /** True when all values of the row fit. */
    private boolean readRow(int place) throws SQLException {
        for (int i = 0; i < cells.size(); i++) {
            try {
                bytes += cells.get(i).read(result, i + 1, place);
            } catch (UnfitValue unfit) {
                reject(i, unfit);
                return false;
            }
        }
        return true;
    }

    private void reject(int index, UnfitValue unfit) throws SQLException {
        Field field = schema.fields().get(index);
        rejects.accept(new RejectedRow(
                source,
                null,
                null,
                field.name(),
                "type",
                "Cannot read '" + text(index) + "' as " + field.type() + ": it " + unfit.getMessage(),
                raw()));
    }

    /** The row for people, as {@code id=1, name=Ada}, so that they find it again at the source. */
    private String raw() throws SQLException {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < cells.size() && raw.length() < LONGEST_RAW; i++) {
            raw.append(i == 0 ? "" : ", ").append(schema.fields().get(i).name()).append('=');
            raw.append(text(i));
        }
        return raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) : raw.toString();
    }

    private String text(int index) throws SQLException {
        String text;
        if (cells.get(index) instanceof Cells.ObjectCells<?> objects && objects.areBytes()) {
            byte[] bytes = result.getBytes(index + 1);
            text = bytes == null
                    ? "NULL"
                    : "x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST_VALUE / 2));
        } else {
            String plain = result.getString(index + 1);
            text = plain == null ? "NULL" : plain;
        }
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    @Override
    public void close() {
        try {
            ending.close(ended);
        } catch (SQLException failed) {
            throw failures.of("end the reading of " + source, failed);
        }
    }
}
