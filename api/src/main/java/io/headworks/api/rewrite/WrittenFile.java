package io.headworks.api.rewrite;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file that an engine wrote; not yet synced to disk.
 *
 * @param partition text of the partition that all its rows belong to; null for the NULL partition and for rows that are
 *     not partitioned
 */
public record WrittenFile(Path path, @Nullable String partition, long rows, long bytes) {}
