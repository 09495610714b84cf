package io.headworks.api.source;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** How an engine gets at the rows of an extract. */
public sealed interface RowSource {

    /** The engine reads the storage itself. */
    record InPlace(Scan scan) implements RowSource {}

    /** The connector reads and hands over batches. */
    record Streamed(Opener opener) implements RowSource {}

    /**
     * The connector reads in several streams, which may be read side by side, by a thread each, in any order. A statement
     * can read them as rows of its own, once.
     */
    record Parallel(Schema schema, List<Opener> parts) implements RowSource {
        public Parallel {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("Cannot read from no stream");
            }
        }
    }

    /** Opens the stream once; unreadable rows go to the consumer, on the reading thread. */
    interface Opener {
        BatchReader open(Consumer<RejectedRow> rejects) throws IOException;
    }
}
