package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.run.FailPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at every fail-point that a run passes, for every load strategy, extraction and target; then a plain run again.
 * What is stored must be what a run stores that nobody killed, with nothing left over. {@code -Dcrash.target=duckdb} and
 * {@code -Dcrash.points=K13,K17} look at a part.
 */
class CrashMatrixTest {
    private static final List<String> TARGETS = chosen("crash.target");
    private static final List<String> POINTS = chosen("crash.points");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    @Tag("slow")
    void everyKilledRunIsSimplyRunAgain() throws IOException, InterruptedException, ExecutionException {
        HwProcess hw = archived();
        List<Rehearsal> rehearsals = rehearse(hw);
        kill(hw, rehearsals, cells(rehearsals));
    }

    /** Each fail-point with each target and with each strategy and extraction, not all three at once. */
    @Test
    @Tag("ci")
    void aKilledRunIsSimplyRunAgain() throws IOException, InterruptedException, ExecutionException {
        HwProcess hw = archived();
        List<Rehearsal> rehearsals = rehearse(hw);
        Set<String> pairs = new HashSet<>();
        List<CrashCell> some = cells(rehearsals).stream()
                .filter(cell -> cell.passing().number() == 1)
                .filter(cell -> pairs.addAll(pairs(cell)))
                .toList();
        kill(hw, rehearsals, some);
    }

    private HwProcess archived() throws IOException, InterruptedException {
        Path hw = folder.resolve("hw");
        return HwProcess.prepared(hw).archived(hw, Combination.all().get(0));
    }

    private static List<String> pairs(CrashCell cell) {
        Combination combination = cell.rehearsal().combination();
        FailPoint point = cell.passing().point();
        return List.of(
                point + " " + combination.target(),
                point + " " + combination.strategy() + " " + combination.incremental() + " " + combination.direct());
    }

    private List<Rehearsal> rehearse(HwProcess hw) throws InterruptedException, ExecutionException {
        List<Callable<Rehearsal>> work = Combination.all().stream()
                .filter(combination -> TARGETS.isEmpty() || TARGETS.contains(combination.target()))
                .map(combination -> (Callable<Rehearsal>)
                        () -> Rehearsal.of(combination, hw, folder.resolve(combination.toString())))
                .toList();
        List<Rehearsal> rehearsals = new ArrayList<>();
        for (Future<Rehearsal> done : threads.invokeAll(work)) {
            rehearsals.add(done.get());
        }
        return rehearsals;
    }

    private static List<CrashCell> cells(List<Rehearsal> rehearsals) {
        return rehearsals.stream()
                .flatMap(rehearsal -> rehearsal.passed().stream().map(passing -> new CrashCell(rehearsal, passing)))
                .filter(cell -> POINTS.isEmpty()
                        || POINTS.contains(cell.passing().point().name()))
                .toList();
    }

    private void kill(HwProcess hw, List<Rehearsal> rehearsals, List<CrashCell> cells)
            throws InterruptedException, ExecutionException {
        List<Callable<Optional<String>>> work = cells.stream()
                .map(cell -> (Callable<Optional<String>>)
                        () -> cell.problem(hw, folder).map(problem -> cell + " " + problem))
                .toList();
        List<Optional<String>> problems = new ArrayList<>();
        for (Future<Optional<String>> done : threads.invokeAll(work)) {
            problems.add(done.get());
        }
        System.out.println(CrashSummary.of(rehearsals, cells, problems));
        List<String> wrong =
                new ArrayList<>(problems.stream().flatMap(Optional::stream).toList());
        rehearsals.forEach(rehearsal -> wrong.addAll(unexpected(rehearsal)));
        assertThat(wrong).isEmpty();
    }

    /** A point that is no longer passed would be tested by nobody; one that is passed now needs no excuse. */
    private static List<String> unexpected(Rehearsal rehearsal) {
        Set<FailPoint> passed = rehearsal.passed().stream().map(Passing::point).collect(Collectors.toSet());
        List<String> unexpected = new ArrayList<>();
        for (FailPoint point : FailPoint.values()) {
            boolean excused = Unreachable.reason(rehearsal.combination(), point).isPresent();
            if (passed.contains(point) == excused) {
                unexpected.add(rehearsal.combination() + (excused ? " does pass " : " does not pass ") + point + ", "
                        + point.where());
            }
        }
        return unexpected;
    }

    private static List<String> chosen(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
