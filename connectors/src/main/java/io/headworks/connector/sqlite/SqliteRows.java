package io.headworks.connector.sqlite;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.result.UnfitValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A result of SQLite as batches; a row with a value that does not fit its column's type goes to the rejects. */
final class SqliteRows implements BatchReader {
    private static final int BATCH_ROWS = 2048;
    private static final int LONGEST_RAW = 10_000;

    private final PreparedStatement statement;
    private final ResultSet result;
    private final Schema schema;
    private final String source;
    private final @Nullable KeyFilter filter;
    private final int keyIndex;
    private final Consumer<RejectedRow> rejects;
    private final List<ColumnBuilder> columns;
    private final @Nullable Object[] row;

    /**
     * @param statement gives the columns of the schema, in order, and is closed with this
     * @param source the name of the table, for rejected rows
     * @param filter what rows must pass after they are read; null for all
     */
    SqliteRows(
            PreparedStatement statement,
            Schema schema,
            String source,
            @Nullable KeyFilter filter,
            Consumer<RejectedRow> rejects)
            throws SQLException {
        this.statement = statement;
        this.result = statement.executeQuery();
        this.schema = schema;
        this.source = source;
        this.filter = filter;
        this.keyIndex = filter == null ? -1 : schema.names().indexOf(filter.column());
        this.rejects = rejects;
        this.columns = schema.fields().stream()
                .map(field -> new ColumnBuilder(field.type()))
                .toList();
        this.row = new Object[columns.size()];
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        int rows = 0;
        try {
            while (rows < BATCH_ROWS && result.next()) {
                if (readRow()) {
                    for (int i = 0; i < row.length; i++) {
                        columns.get(i).add(row[i]);
                    }
                    rows++;
                }
            }
        } catch (SQLException failed) {
            throw new IOException("Cannot read " + source + ": " + failed.getMessage(), failed);
        }
        if (rows == 0) {
            return null;
        }
        List<Column> built = columns.stream().map(ColumnBuilder::build).toList();
        return new ColumnBatch(schema, rows, built);
    }

    /** True when the row is wanted and fits. */
    private boolean readRow() throws SQLException {
        for (int i = 0; i < row.length; i++) {
            Field field = schema.fields().get(i);
            Object cell = result.getObject(i + 1);
            try {
                row[i] = cell == null ? null : CellReader.read(field.type(), checked(cell, i));
            } catch (UnfitValue unfit) {
                rejects.accept(new RejectedRow(
                        source,
                        null,
                        null,
                        field.name(),
                        "type",
                        "Cannot read '" + shown(cell) + "' as " + field.type() + ": it " + unfit.getMessage(),
                        raw()));
                return false;
            }
        }
        return filter == null || filter.contains(row[keyIndex]);
    }

    /** The driver replaces bytes that are no UTF-8; such a text is not what is stored. */
    private Object checked(Object cell, int index) throws SQLException, UnfitValue {
        if (cell instanceof String text
                && text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), result.getBytes(index + 1))) {
            throw new UnfitValue("is text that is not valid UTF-8");
        }
        return cell;
    }

    private String raw() throws SQLException {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < row.length && raw.length() < LONGEST_RAW; i++) {
            Object cell = result.getObject(i + 1);
            raw.append(i == 0 ? "" : ", ").append(schema.fields().get(i).name()).append('=');
            raw.append(cell == null ? "NULL" : shown(cell));
        }
        return raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) : raw.toString();
    }

    private static String shown(@Nullable Object cell) {
        String text = cell instanceof byte[] bytes
                ? "x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 100))
                : String.valueOf(cell);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    @Override
    public void close() throws IOException {
        try {
            result.close();
            statement.close();
        } catch (SQLException failed) {
            throw new IOException("Cannot close the reading of " + source + ": " + failed.getMessage(), failed);
        }
    }
}
