package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at every fail-point that a run passes, for every load strategy, extraction and target; then a plain run again.
 * What is stored must be what a run stores that nobody killed, with nothing left over.
 */
@Tag("slow")
class CrashMatrixTest {
    private static final int KILLED = 137;

    @TempDir
    static Path folder;

    private final Map<String, Stored> expected = new ConcurrentHashMap<>();

    @Test
    void aKilledRunIsSimplyRunAgain() throws IOException, InterruptedException, ExecutionException {
        HwProcess hw = HwProcess.prepared(Files.createDirectories(folder.resolve("driver")));
        List<Callable<Outcome>> work = new ArrayList<>();
        for (CrashCell cell : cells()) {
            work.add(() -> kill(hw, cell));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> reached = new TreeMap<>();
        try {
            for (Future<Outcome> outcome : threads.invokeAll(work)) {
                Outcome done = outcome.get();
                if (done.reached()) {
                    reached.merge(
                            done.cell().target() + " " + done.cell().strategy().key(), 1, Integer::sum);
                }
                if (done.problem() != null) {
                    wrong.add(done.cell() + ": " + done.problem());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        int cells = reached.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(
                "killed and repaired: " + (cells - wrong.size()) + " of " + cells + " reachable cells " + reached);
        assertThat(wrong).isEmpty();
        assertThat(reached.keySet())
                .as("every combination was killed somewhere")
                .hasSize(combinations());
    }

    private static List<CrashCell> cells() {
        String only = System.getProperty("crash.target", "");
        String points = System.getProperty("crash.points", "");
        List<CrashCell> cells = new ArrayList<>();
        for (String target : List.of("duckdb", "parquet", "sqlite")) {
            for (Strategy strategy : Strategy.values()) {
                for (boolean incremental : new boolean[] {false, true}) {
                    for (FailPoint point : FailPoint.values()) {
                        boolean wanted = (only.isEmpty() || only.equals(target))
                                && (points.isEmpty()
                                        || List.of(points.split(",")).contains(point.name()));
                        if (wanted && CrashCell.isAllowed(strategy, incremental)) {
                            cells.add(new CrashCell(target, strategy, incremental, point));
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static int combinations() {
        return (int) cells().stream()
                .map(cell -> cell.target() + cell.strategy())
                .distinct()
                .count();
    }

    /** @param problem null when all is as it must be */
    private record Outcome(
            CrashCell cell,
            boolean reached,
            @org.jspecify.annotations.Nullable String problem) {}

    private Outcome kill(HwProcess hw, CrashCell cell) throws IOException, InterruptedException {
        Path project = Files.createTempDirectory(folder, "cell");
        try {
            cell.write(project);
            HwProcess.Ended first = hw.run(project, "", "run", "load");
            if (first.exitCode() != 0) {
                return new Outcome(cell, true, "first load: " + first);
            }
            cell.change(project);
            HwProcess.Ended killed = hw.run(project, cell.point().name(), "run", "load");
            if (killed.exitCode() == 0) {
                return new Outcome(cell, false, null);
            }
            if (killed.exitCode() != KILLED) {
                return new Outcome(cell, true, "killed run: " + killed);
            }
            HwProcess.Ended again = hw.run(project, "", "run", "load");
            if (again.exitCode() != 0) {
                return new Outcome(cell, true, "second run: " + again);
            }
            return new Outcome(cell, true, compare(hw, cell, Stored.read(project, cell)));
        } finally {
            delete(project);
        }
    }

    private @org.jspecify.annotations.Nullable String compare(HwProcess hw, CrashCell cell, Stored stored)
            throws IOException, InterruptedException {
        Stored right = neverKilled(hw, cell, false);
        if (stored.equals(right)) {
            return null;
        }
        // Killed after its COMMIT, the second run found the work done: it may have written that down once more.
        return stored.equals(neverKilled(hw, cell, true)) ? null : stored.differenceTo(right);
    }

    /** The same without a kill, and with one more plain run where {@code repeated}. */
    private Stored neverKilled(HwProcess hw, CrashCell cell, boolean repeated)
            throws IOException, InterruptedException {
        String key = cell.target() + cell.strategy() + cell.incremental() + repeated;
        synchronized (key.intern()) {
            Stored known = expected.get(key);
            if (known == null) {
                Path project = Files.createTempDirectory(folder, "right");
                cell.write(project);
                assertThat(hw.run(project, "", "run", "load").exitCode()).isZero();
                cell.change(project);
                for (int run = 0; run < (repeated ? 2 : 1); run++) {
                    assertThat(hw.run(project, "", "run", "load").exitCode()).isZero();
                }
                known = Stored.read(project, cell);
                expected.put(key, known);
            }
            return known;
        }
    }

    private static void delete(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
