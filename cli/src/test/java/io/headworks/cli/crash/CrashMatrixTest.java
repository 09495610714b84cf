package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.run.FailPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at every fail-point that a run passes, for every load strategy, extraction and target; then a plain run again.
 * What is stored must be what a run stores that nobody killed, with nothing left over. {@link Chosen} says how to look at
 * a part.
 */
class CrashMatrixTest {
    private static final Chosen CHOSEN = Chosen.fromCommandLine();

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void everyKilledRunIsSimplyRunAgain() throws Exception {
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Rehearsal> rehearsals = lab.rehearse(CHOSEN.of(Combination.all()));
            kill(lab, rehearsals, cells(rehearsals));
        }
    }

    @Test
    @Tag("slow")
    void everyKilledLoadOfAHistoryIsSimplyRunAgain() throws Exception {
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Rehearsal> rehearsals = lab.rehearse(CHOSEN.of(Combination.histories()));
            kill(lab, rehearsals, cells(rehearsals));
        }
    }

    /** Within the statements of the load, where versions are ended and begun. */
    @Test
    @Tag("ci")
    void aKilledLoadOfAHistoryIsSimplyRunAgain() throws Exception {
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Rehearsal> rehearsals = lab.rehearse(CHOSEN.of(EveryBuild.HISTORIES));
            List<CrashCell> inside = cells(rehearsals).stream()
                    .filter(cell -> cell.passing().isInLoad())
                    .toList();
            kill(lab, rehearsals, inside);
        }
    }

    @Test
    @Tag("ci")
    void aKilledRunIsSimplyRunAgain() throws Exception {
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Rehearsal> rehearsals = lab.rehearse(CHOSEN.of(EveryBuild.COMBINATIONS));
            kill(lab, rehearsals, EveryBuild.of(cells(rehearsals)));
        }
    }

    private static List<CrashCell> cells(List<Rehearsal> rehearsals) {
        return rehearsals.stream()
                .flatMap(rehearsal -> rehearsal.passed().stream().map(passing -> new CrashCell(rehearsal, passing)))
                .filter(cell -> CHOSEN.wants(cell.passing().point()))
                .toList();
    }

    private static void kill(CrashLab lab, List<Rehearsal> rehearsals, List<CrashCell> cells) throws Exception {
        List<Callable<Optional<String>>> work = cells.stream()
                .map(cell -> (Callable<Optional<String>>)
                        () -> cell.problem(lab.hw(), lab.folder()).map(problem -> told(cell + " " + problem)))
                .toList();
        List<Optional<String>> problems = lab.all(work);
        System.out.println(CrashSummary.of(rehearsals, cells, problems));
        List<String> wrong =
                new ArrayList<>(problems.stream().flatMap(Optional::stream).toList());
        rehearsals.forEach(rehearsal -> wrong.addAll(unexpected(rehearsal)));
        assertThat(wrong).isEmpty();
    }

    /** At once: the rest of the suite may take an hour. */
    private static String told(String problem) {
        System.out.println(problem);
        return problem;
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
}
