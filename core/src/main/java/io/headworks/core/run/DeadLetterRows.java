package io.headworks.core.run;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the dead letter as an extract once more: those whose payload gives every value back exactly.
 *
 * @param ids of the letters whose rows these are
 * @param left a sentence for each letter that stays where it is
 */
record DeadLetterRows(
        Schema schema, List<Map<String, @Nullable Object>> payloads, List<String> ids, List<String> left) {
    private static final int BATCH = 2048;

    static DeadLetterRows of(List<DeadLetter> letters, Schema schema) {
        List<Map<String, @Nullable Object>> payloads = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> left = new ArrayList<>();
        PayloadColumns columns = new PayloadColumns(schema);
        for (DeadLetter letter : letters) {
            String payload = letter.payload();
            if (payload == null) {
                left.add(letter.id() + " stays: it could not be read from its source (" + letter.reason()
                        + "); correct it there");
                continue;
            }
            try {
                Map<String, @Nullable Object> values = Json.readObject(payload);
                columns.batch(List.of(values));
                payloads.add(values);
                ids.add(letter.id());
            } catch (IllegalArgumentException unfit) {
                left.add(letter.id() + " stays: " + unfit.getMessage());
            }
        }
        return new DeadLetterRows(schema, payloads, ids, left);
    }

    RowSource rows() {
        return new RowSource.Streamed(rejects -> new PayloadReader(schema, payloads));
    }

    private static final class PayloadReader implements BatchReader {
        private final Schema schema;
        private final PayloadColumns columns;
        private final Iterator<Map<String, @Nullable Object>> payloads;

        PayloadReader(Schema schema, List<Map<String, @Nullable Object>> payloads) {
            this.schema = schema;
            this.columns = new PayloadColumns(schema);
            this.payloads = payloads.iterator();
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable ColumnBatch next() {
            List<Map<String, @Nullable Object>> some = new ArrayList<>();
            while (payloads.hasNext() && some.size() < BATCH) {
                some.add(payloads.next());
            }
            return some.isEmpty() ? null : columns.batch(some);
        }

        @Override
        public void close() {}
    }
}
