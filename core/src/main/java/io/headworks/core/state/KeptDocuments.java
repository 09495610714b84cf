package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Run documents that lie as files, read back into a state. */
final class KeptDocuments {
    private final Path folder;

    KeptDocuments(Path folder) {
        this.folder = folder;
    }

    /** How many there were, and how many of them could not be read. */
    record Count(int runs, int unreadable) {}

    /** Writes a row for each that can be read. */
    Count into(StateDatabase state) {
        if (!Files.isDirectory(folder)) {
            return new Count(0, 0);
        }
        int runs = 0;
        int unreadable = 0;
        for (Path file : files()) {
            Optional<RunRows.Row> row = row(file);
            row.ifPresent(each -> RunRows.write(state, each));
            runs += row.isPresent() ? 1 : 0;
            unreadable += row.isPresent() ? 0 : 1;
        }
        return new Count(runs, unreadable);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot list " + folder + ": " + IoReason.of(failed), null, failed);
        }
    }

    private static Optional<RunRows.Row> row(Path file) {
        try {
            return Optional.of(row(Json.readObject(Files.readString(file))));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static RunRows.Row row(Map<String, @Nullable Object> run) {
        return new RunRows.Row(
                text(run, "run_id"),
                text(run, "pipeline_name"),
                text(run, "dataset"),
                text(run, "environment"),
                text(run, "status"),
                text(run, "started_at"),
                (String) run.get("completed_at"),
                number(run, "exit_code"),
                new RunProcess(number(run, "pid"), ""),
                Json.compact(run));
    }

    private static String text(Map<String, @Nullable Object> run, String key) {
        return (String) Objects.requireNonNull(run.get(key));
    }

    private static long number(Map<String, @Nullable Object> run, String key) {
        return ((Number) Objects.requireNonNull(run.get(key))).longValue();
    }
}
