package io.headworks.api.rewrite;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load.Partitioning;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be written as Parquet files.
 *
 * @param folder an existing folder; the files get names in and below it that no other file ever had
 * @param partition null for none; otherwise every file holds rows of one partition
 * @param sortedBy columns by which the rows of a file are sorted
 * @param fileBytes the size at which a next file is begun
 */
public record ParquetWrite(
        Relation rows, Path folder, @Nullable Partitioning partition, List<String> sortedBy, long fileBytes) {
    public ParquetWrite {
        sortedBy = List.copyOf(sortedBy);
        if (fileBytes < 1) {
            throw new IllegalArgumentException("Cannot write files of " + fileBytes + " bytes: at least 1");
        }
    }
}
