package io.headworks.connector.files;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a streamed source gave: its columns, its rows as texts of what the batches carry, and its rejected rows. */
record Rows(List<String> schema, List<List<String>> values, List<RejectedRow> rejects) {

    static Rows of(RowSource source) throws IOException {
        List<RejectedRow> rejects = new ArrayList<>();
        List<List<String>> values = new ArrayList<>();
        try (BatchReader reader = ((RowSource.Streamed) source).opener().open(rejects::add)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    List<String> texts = new ArrayList<>();
                    for (Column column : batch.columns()) {
                        texts.add(text(column, row));
                    }
                    values.add(texts);
                }
            }
            List<String> schema = reader.schema().fields().stream()
                    .map(field -> field.name() + " " + field.type())
                    .toList();
            return new Rows(schema, values, rejects);
        }
    }

    private static String text(Column column, int row) {
        if (column.isNull(row)) {
            return "NULL";
        } else if (column instanceof Column.Longs longs) {
            return Long.toString(longs.values()[row]);
        } else if (column instanceof Column.Doubles doubles) {
            return Double.toString(doubles.values()[row]);
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row].toPlainString();
        } else if (column instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (column instanceof Column.Objects objects) {
            return String.valueOf(objects.values().get(row));
        }
        throw new IllegalArgumentException("no such column here: " + column);
    }
}
