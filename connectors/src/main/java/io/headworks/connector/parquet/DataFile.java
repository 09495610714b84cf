package io.headworks.connector.parquet;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file of a table.
 *
 * @param path where it can be read now
 * @param partition text of its partition; null for the NULL partition and in a table that is not partitioned
 * @param columns index of the {@link Version#columnSets} it was written with
 */
record DataFile(Path path, @Nullable String partition, long rows, long bytes, int columns) {
    String name() {
        return String.valueOf(path.getFileName());
    }

    DataFile at(Path other) {
        return new DataFile(other, partition, rows, bytes, columns);
    }
}
