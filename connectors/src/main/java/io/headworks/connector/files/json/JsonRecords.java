package io.headworks.connector.files.json;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one file, one after the other. */
public interface JsonRecords extends Closeable {

    /**
     * The next record, faulty or not; null after the last.
     *
     * @throws IOException when what follows cannot be read at all; its message names the position
     */
    @Nullable
    JsonRecord next() throws IOException;
}
