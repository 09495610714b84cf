package io.headworks.core.run;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Batches of runs that a breaker or a check stopped in the load, a folder each: what is left to publish them by hand. */
public final class KeptBatches {
    /** How long a batch stays. */
    public static final Duration KEPT_FOR = Duration.ofDays(7);

    private static final String DOCUMENT = "batch.json";

    private final Path root;

    public KeptBatches(Path root) {
        this.root = root;
    }

    /** Where the rows of a run's batch are; {@link #add} makes it count. */
    Path rows(String runId) {
        return root.resolve(runId).resolve("batch.duckdb");
    }

    /** An empty folder for the rows of a run. */
    void prepare(String runId) {
        Workspace.removeFolder(root.resolve(runId));
        try {
            Files.createDirectories(root.resolve(runId));
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Cannot keep the batch of run " + runId + ": " + failed.getMessage(), failed);
        }
    }

    /** It could not be kept: nothing of it stays. */
    void remove(String runId) {
        Workspace.removeFolder(root.resolve(runId));
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException others) {
            // those of other runs
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + root + ": " + failed.getMessage(), failed);
        }
    }

    /** Called when the rows are on the disk. */
    void add(KeptBatch batch) {
        Path file = root.resolve(batch.runId()).resolve(DOCUMENT);
        Path beside = file.resolveSibling(DOCUMENT + ".new");
        try {
            Files.write(beside, Json.compact(batch.tree()).getBytes(StandardCharsets.UTF_8));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Cannot keep the batch of run " + batch.runId() + ": " + failed.getMessage(), failed);
        }
    }

    Optional<KeptBatch> find(String runId) {
        return read(root.resolve(runId));
    }

    /** The newest batch of each pipeline in an environment, as {@code hw status} shows it. */
    public Map<String, Map<String, @Nullable Object>> byPipeline(String environment) {
        Map<String, Map<String, @Nullable Object>> kept = new LinkedHashMap<>();
        all().filter(batch -> batch.environment().equals(environment)).forEach(batch -> {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("run_id", batch.runId());
            tree.put("rows", batch.count());
            tree.put("until", batch.until().toString());
            kept.put(batch.pipeline(), tree);
        });
        return kept;
    }

    /** The table has been loaded since or dropped, or a newer batch is about to be kept. */
    public void removeOf(String pipeline, String environment) {
        all().filter(batch ->
                        batch.pipeline().equals(pipeline) && batch.environment().equals(environment))
                .forEach(batch -> Workspace.removeFolder(root.resolve(batch.runId())));
    }

    /** Removes those whose time is over, and what was never finished; answers how many. */
    public int purge(Instant now) {
        int removed = 0;
        for (Path folder : folders()) {
            Optional<KeptBatch> batch = read(folder);
            boolean over = batch.isPresent() ? batch.get().until().isBefore(now) : isOlder(folder, now);
            if (over) {
                Workspace.removeFolder(folder);
                removed++;
            }
        }
        return removed;
    }

    private static boolean isOlder(Path folder, Instant now) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().plus(KEPT_FOR).isBefore(now);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot look at " + folder + ": " + failed.getMessage(), failed);
        }
    }

    /** Oldest first: ids of runs rise. */
    private Stream<KeptBatch> all() {
        return folders().stream().map(KeptBatches::read).flatMap(Optional::stream);
    }

    private List<Path> folders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return new ArrayList<>(folders.filter(Files::isDirectory).sorted().toList());
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot list " + root + ": " + failed.getMessage(), failed);
        }
    }

    private static Optional<KeptBatch> read(Path folder) {
        Path file = folder.resolve(DOCUMENT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeptBatch.of(Json.readObject(Files.readString(file))));
        } catch (IOException | RuntimeException unreadable) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot read the kept batch " + folder + ": " + unreadable.getMessage(),
                    "remove that folder; run the pipeline again to extract anew",
                    unreadable);
        }
    }
}
