package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads tables of a Parquet folder: resolve the version once, then read only its files. Safe beside a writer and from any
 * number of threads and processes.
 */
public final class ParquetFolder {
    private final FolderLayout layout;

    private ParquetFolder(FolderLayout layout) {
        this.layout = layout;
    }

    public static ParquetFolder at(Path folder) {
        return new ParquetFolder(new FolderLayout(folder));
    }

    /** The current version of a table; empty when nothing was published yet. */
    public Optional<Version> resolve(TableName table) {
        return new Versions(layout.table(table)).current();
    }

    /** The tables with a published version, sorted by name. */
    public List<TableName> tables() {
        List<TableName> tables = new ArrayList<>();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(layout.store(), Files::isDirectory)) {
            for (Path home : homes) {
                TableName name = FolderLayout.named(home);
                if (!new Versions(layout.table(name)).numbers().isEmpty()) {
                    tables.add(name);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot list the tables of " + layout.folder(), failed);
        }
        tables.sort(Comparator.comparing(TableName::toString));
        return tables;
    }

    FolderLayout layout() {
        return layout;
    }
}
