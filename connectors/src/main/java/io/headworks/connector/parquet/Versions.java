package io.headworks.connector.parquet;

import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The published versions of one table. The one with the greatest number is current. */
final class Versions {
    private final TableLayout table;

    Versions(TableLayout table) {
        this.table = table;
    }

    /** Numbers of the versions there are, ascending. */
    List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(table.versions(), "[0-9]*")) {
            for (Path folder : folders) {
                numbers.add(Long.parseLong(String.valueOf(folder.getFileName())));
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Collections.sort(numbers);
        return numbers;
    }

    /**
     * Resolves the current version once. What it answers is complete and does not change, whatever is published
     * meanwhile.
     */
    Optional<Version> current() {
        while (true) {
            List<Long> numbers = numbers();
            if (numbers.isEmpty()) {
                return Optional.empty();
            }
            long newest = numbers.get(numbers.size() - 1);
            try {
                return Optional.of(VersionFile.read(table.version(newest)));
            } catch (NoSuchFileException cleanedUp) {
                if (newestStill(newest)) {
                    throw new UncheckedIOException(cleanedUp);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot read version " + newest + " of " + table.name(), failed);
            }
        }
    }

    /** A newer one was published, and this one cleaned up, while it was being read: then reading is tried again. */
    private boolean newestStill(long number) {
        List<Long> numbers = numbers();
        return !numbers.isEmpty() && numbers.get(numbers.size() - 1) == number;
    }
}
