package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.json.Json;
import io.headworks.core.secret.Masker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state file made anew beside the present one, which is kept aside when the new one takes its name. */
public final class StateReplacement {
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private final Path present;

    public StateReplacement(Path present) {
        this.present = present;
    }

    /**
     * What was rebuilt.
     *
     * @param keptAside where the old file is; null when there was none
     */
    public record Rebuilt(
            int ledgerRows,
            int runs,
            int unreadable,
            @Nullable Path keptAside) {}

    /**
     * Makes the new file from ledger rows and run documents.
     *
     * @param ledger rows of all targets; of each target oldest first
     * @param runFolder where run documents lie as files
     * @param mark what the old file's name ends with from now on
     */
    public Rebuilt from(List<LedgerRow> ledger, Path runFolder, String mark) {
        Path draft = present.resolveSibling(present.getFileName() + ".rebuilding");
        try {
            removeAll(draft);
            int[] runs;
            try (StateDatabase state = StateDatabase.open(draft)) {
                RunStore store = new RunStore(state, new RunFiles(runFolder), new Masker(List.of()));
                state.inTransaction(() -> ledger.forEach(store::committed));
                runs = runs(state, runFolder);
                // the draft must be one whole file before it is renamed
                state.query("pragma wal_checkpoint(truncate)", row -> row.getInt(1));
            }
            Path aside = keepAside(mark);
            Files.move(draft, present, StandardCopyOption.ATOMIC_MOVE);
            removeAll(draft);
            return new Rebuilt(ledger.size(), runs[0], runs[1], aside);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot rebuild the state file " + present + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }

    private @Nullable Path keepAside(String mark) throws IOException {
        if (!Files.exists(present)) {
            return null;
        }
        Path aside = present.resolveSibling(present.getFileName() + "." + mark);
        for (String suffix : SUFFIXES) {
            Path part = present.resolveSibling(present.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.move(part, present.resolveSibling(aside.getFileName() + suffix));
            }
        }
        return aside;
    }

    private static void removeAll(Path file) throws IOException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /** Run documents that can be read, and how many cannot. */
    private static int[] runs(StateDatabase state, Path folder) throws IOException {
        int[] counts = {0, 0};
        if (!Files.isDirectory(folder)) {
            return counts;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            state.inTransaction(() -> documents.forEach(file -> counts[read(state, file) ? 0 : 1]++));
        }
        return counts;
    }

    private static boolean read(StateDatabase state, Path file) {
        try {
            Map<String, @Nullable Object> run = Json.readObject(Files.readString(file));
            state.update(
                    "insert or replace into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
                    run.get("run_id"),
                    run.get("pipeline_name"),
                    run.get("dataset"),
                    run.get("environment"),
                    run.get("status"),
                    run.get("started_at"),
                    run.get("completed_at"),
                    run.get("exit_code"),
                    run.get("pid"),
                    Json.compact(run));
            return true;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }
}
