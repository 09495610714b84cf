package io.headworks.core.service;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.run.Workspace;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StatePurge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps local state within its budget: old runs, their documents, the log, and what killed processes left in staging.
 * Works without any connection, and removes files also when the state cannot be opened.
 */
public final class PurgeState {
    private static final Duration EVERY = Duration.ofDays(1);
    private static final String MARK = "purged";
    private static final String LOG = "runs.log";

    private final ProjectState state;
    private final Workspace workspace;
    private final Clock clock;

    public PurgeState(ProjectState state, Workspace workspace, Clock clock) {
        this.state = state;
        this.workspace = workspace;
        this.clock = clock;
    }

    /**
     * What went.
     *
     * @param notes what could not be done, as sentences
     */
    public record Purged(int runs, int documents, int folders, long logBytes, List<String> notes) {
        public Purged {
            notes = List.copyOf(notes);
        }

        /** The public document of {@code hw state purge}. */
        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("runs", runs);
            tree.put("documents", documents);
            tree.put("staging_folders", folders);
            tree.put("log_bytes", logBytes);
            tree.put("notes", notes);
            return Map.of("purged", tree);
        }
    }

    /** At most once a day, and without giving space back to the disk: what a run does before it starts. */
    public void onceADay() {
        Path mark = workspace.root().resolve(MARK);
        Instant now = clock.instant();
        try {
            if (Files.exists(mark)
                    && Files.getLastModifiedTime(mark).toInstant().plus(EVERY).isAfter(now)) {
                return;
            }
            Files.createDirectories(workspace.root());
            Files.writeString(mark, now + "\n");
            Files.setLastModifiedTime(mark, FileTime.from(now));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + mark + ": " + failed.getMessage(), failed);
        }
        purge(Budget.DEFAULT, false);
    }

    /** @param shrink whether the space is given back to the disk, which takes as much room for a while */
    public Purged purge(Budget budget, boolean shrink) {
        List<String> notes = new ArrayList<>();
        int runs = 0;
        Set<String> kept = null;
        try {
            if (state.isThere()) {
                try (StateDatabase open = state.open()) {
                    KilledRuns.close(open, clock.instant());
                    StatePurge purge = new StatePurge(open);
                    runs = runs(purge, budget);
                    purge.slots();
                    kept = new HashSet<>(purge.kept());
                    if (shrink) {
                        purge.shrink();
                    }
                }
            }
        } catch (HeadworksException unusable) {
            notes.add(String.valueOf(unusable.getMessage()));
        }
        Instant limit = clock.instant().minus(budget.age());
        int documents = documents(kept, limit);
        int folders = staging() + workspace.kept().purge(clock.instant());
        return new Purged(runs, documents, folders, log(budget.bytes()), notes);
    }

    private int runs(StatePurge purge, Budget budget) {
        return purge.olderThan(clock.instant().minus(budget.age()))
                + purge.beyond(budget.runs())
                + purge.untilBelow(budget.bytes());
    }

    /** Documents of runs that the state no longer has; without a state, those older than the limit. */
    private int documents(@Nullable Set<String> kept, Instant limit) {
        // A run that ends just now has its document before the state was asked again.
        Instant settled = clock.instant().minus(EVERY);
        int removed = 0;
        for (Path file : list(workspace.runs())) {
            String name = file.getFileName().toString();
            boolean document = name.endsWith(".json");
            boolean gone = kept == null
                    ? isBefore(file, limit)
                    : document && !kept.contains(name.substring(0, name.length() - 5)) && isBefore(file, settled);
            if (document && gone) {
                delete(file);
                removed++;
            }
        }
        return removed;
    }

    /** Folders in which no living process works. */
    private int staging() {
        int removed = 0;
        for (Path folder : workspace.abandoned()) {
            Workspace.removeFolder(folder);
            removed++;
        }
        return removed;
    }

    /** Keeps the newer half of a log that outgrew its budget. */
    private long log(long bytes) {
        Path log = workspace.runs().resolve(LOG);
        try {
            long size = Files.exists(log) ? Files.size(log) : 0;
            if (size <= bytes) {
                return 0;
            }
            Path newer = log.resolveSibling(LOG + ".new");
            LogTail.copy(log, newer, bytes / 2);
            Files.move(newer, log, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return size - Files.size(log);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot shorten " + log + ": " + failed.getMessage(), failed);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot list " + folder + ": " + failed.getMessage(), failed);
        }
    }

    private static boolean isBefore(Path file, Instant limit) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot look at " + file + ": " + failed.getMessage(), failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + file + ": " + failed.getMessage(), failed);
        }
    }
}
