package io.headworks.connector.parquet;

import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.name.StoredName;
import io.headworks.api.type.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published version of a table: complete, synced, never changed again.
 *
 * @param folder holds {@code version.json}, {@code ledger.ndjson}, {@code data/} and {@code dead_letter/}
 * @param publishedAt by the clock of the run that published it
 * @param names what columns of the table's sources are called in it, because engines do not tell their own names apart
 * @param columnSets the columns the table has had; the last are those it has
 */
public record Version(
        long number,
        Path folder,
        Instant publishedAt,
        @Nullable Partitioning partitioning,
        List<StoredName> names,
        List<Schema> columnSets,
        List<DataFile> files) {
    /** The layout's format; a greater one is refused. */
    static final int FORMAT = 1;

    static final String FILE = "version.json";
    static final String LEDGER = "ledger.ndjson";
    static final String DATA = "data";
    static final String DEAD_LETTERS = "dead_letter";

    public Version {
        names = List.copyOf(names);
        columnSets = List.copyOf(columnSets);
        files = List.copyOf(files);
        if (columnSets.isEmpty()) {
            throw new IllegalArgumentException("Cannot make version " + number + ": it has no columns");
        }
    }

    /** The columns the table has. */
    public Schema schema() {
        return columnSets.get(columnSets.size() - 1);
    }

    public long rows() {
        return files.stream().mapToLong(DataFile::rows).sum();
    }

    /** The Parquet files, to be read by any engine. They stay until the version is cleaned up. */
    public List<Path> paths() {
        return files.stream().map(DataFile::path).toList();
    }

    Path ledger() {
        return folder.resolve(LEDGER);
    }

    Path deadLetters() {
        return folder.resolve(DEAD_LETTERS);
    }
}
