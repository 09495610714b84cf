package io.headworks.api.source;

import io.headworks.api.batch.BatchReader;
import java.io.IOException;
import java.util.function.Consumer;

/** How an engine gets at the rows of an extract. */
public sealed interface RowSource {

    /** The engine reads the storage itself. */
    record InPlace(Scan scan) implements RowSource {}

    /** The connector reads and hands over batches. */
    record Streamed(Opener opener) implements RowSource {}

    /** Opens the stream once; unreadable rows go to the consumer, on the reading thread. */
    interface Opener {
        BatchReader open(Consumer<RejectedRow> rejects) throws IOException;
    }
}
