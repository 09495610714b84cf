package io.headworks.connector.files.json;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of JSON files as batches, file after file. */
final class JsonBatches implements BatchReader {
    private final JsonRows rows;
    private final RecordInput input;
    private final Iterator<InputFile> files;
    private final Consumer<RejectedRow> rejects;
    private final BatchBuilder batch;
    private @Nullable InputFile file;
    private @Nullable JsonRecords records;

    JsonBatches(JsonRows rows, RecordInput input, List<InputFile> files, Consumer<RejectedRow> rejects) {
        this.rows = rows;
        this.input = input;
        this.files = files.iterator();
        this.rejects = rejects;
        this.batch = new BatchBuilder(rows.schema());
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        while (!batch.isFull()) {
            InputFile current = file;
            JsonRecords open = records;
            if (current == null || open == null) {
                if (!files.hasNext()) {
                    break;
                }
                open(files.next());
                continue;
            }
            JsonRecord record = read(current, open);
            if (record == null) {
                close();
            } else {
                rows.read(current.stamp(), record, batch, rejects);
            }
        }
        return batch.isEmpty() ? null : batch.build();
    }

    private void open(InputFile next) throws IOException {
        try {
            file = next;
            records = input.open(next);
        } catch (IOException e) {
            throw unreadable(next, e);
        }
    }

    private static @Nullable JsonRecord read(InputFile file, JsonRecords records) {
        try {
            return records.next();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static HeadworksException unreadable(InputFile file, IOException e) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot read " + file.stamp().path() + ": " + e.getMessage(), null, e);
    }

    @Override
    public void close() throws IOException {
        JsonRecords open = records;
        records = null;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
