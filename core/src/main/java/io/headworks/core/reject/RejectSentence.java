package io.headworks.core.reject;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The first rejected row as a sentence: {@code orders.csv:12 column amount: "12,5" is no decimal(18,2)}. */
public final class RejectSentence {

    private RejectSentence() {}

    public static String first(EngineSession engine, Relation rejects) {
        try (BatchReader reader = engine.read(rejects)) {
            ColumnBatch batch = reader.next();
            while (batch != null && batch.rows() == 0) {
                batch = reader.next();
            }
            return batch == null ? "no detail" : sentence(batch);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sentence(ColumnBatch batch) {
        String line = text(batch, "line");
        String column = text(batch, "column_name");
        return text(batch, "source") + (line.isEmpty() ? "" : ":" + line)
                + (column.isEmpty() ? "" : " column " + column) + ": " + text(batch, "reason");
    }

    private static String text(ColumnBatch batch, String name) {
        Column column = batch.columns().get(batch.schema().names().indexOf(name));
        if (column.isNull(0)) {
            return "";
        }
        return column instanceof Column.Longs longs
                ? Long.toString(longs.values()[0])
                : String.valueOf(((Column.Texts) column).values()[0]);
    }
}
