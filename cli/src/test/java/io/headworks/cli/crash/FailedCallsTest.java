package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The k-th statement of a run fails, and of a Parquet folder the k-th write, sync, link or rename; k = 1, 2, … until none
 * is left; that one alone, and that one with all that follow. The run ends in an error or did right, and a plain run
 * afterwards makes it right. {@link Chosen} says how to look at a part.
 */
class FailedCallsTest {
    private static final int EVERY_BUILD = 40;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void noneThatFailsLeavesSomethingWrong() throws Exception {
        List<Combination> all = Combination.all().stream()
                .filter(each -> each.strategy() == Strategy.MERGE && each.incremental()
                        || each.strategy() == Strategy.TRUNCATE_RELOAD)
                .toList();
        fail(Chosen.fromCommandLine().of(all), 1);
    }

    @Test
    @Tag("ci")
    void someThatFailLeaveNothingWrong() throws Exception {
        fail(
                List.of(
                        new Combination("parquet", Strategy.MERGE, true, false),
                        new Combination("postgresql", Strategy.MERGE, true, false)),
                EVERY_BUILD);
    }

    /** One call of a run, and whether those behind it fail, too. */
    private record Failing(Rehearsal rehearsal, FailPoint point, int number, boolean onwards) {
        String armed() {
            return "fail:" + point + ":" + number + (onwards ? "+" : "");
        }

        @Override
        public String toString() {
            return rehearsal.combination() + " " + armed();
        }
    }

    private void fail(List<Combination> combinations, int step) throws Exception {
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Failing> cells = new ArrayList<>();
            for (Rehearsal rehearsal : lab.rehearse(combinations)) {
                add(cells, rehearsal, FailPoint.K25, step);
                add(cells, rehearsal, FailPoint.K26, step);
            }
            List<Callable<Optional<String>>> work = cells.stream()
                    .map(cell -> (Callable<Optional<String>>)
                            () -> problem(lab, cell).map(problem -> told(cell + " " + problem)))
                    .toList();
            List<String> wrong =
                    lab.all(work).stream().flatMap(Optional::stream).toList();
            System.out.println(cells.size() + " failures, " + wrong.size() + " of them wrong");
            assertThat(wrong).isEmpty();
        }
    }

    /** At once: the rest of the suite may take an hour. */
    private static String told(String problem) {
        System.out.println(problem);
        return problem;
    }

    /** The last is one more than there are: nothing fails any more. */
    private static void add(List<Failing> cells, Rehearsal rehearsal, FailPoint point, int step) {
        int calls = rehearsal.times(point);
        for (int k = 1; calls > 0 && k <= calls + step; k += step) {
            cells.add(new Failing(rehearsal, point, k, k / step % 2 == 1));
            if (step == 1) {
                cells.add(new Failing(rehearsal, point, k, k / step % 2 != 1));
            }
        }
    }

    private Optional<String> problem(CrashLab lab, Failing cell) throws Exception {
        Rehearsal rehearsal = cell.rehearsal();
        boolean none = cell.number() > rehearsal.times(cell.point());
        try (CrashProject project =
                rehearsal.project().copyTo(folder.resolve(UUID.randomUUID().toString()))) {
            HwProcess.Ended ended = lab.hw().runUntil(cell.armed(), project.folder(), "run", "load");
            if (ended.exitCode() == 0) {
                return compare(project, rehearsal);
            }
            if (none || !ended.output().contains("Cannot ")) {
                return Optional.of("ended without a reason: " + ended);
            }
            Hw.Result again = new Hw(project.folder()).run("run", "load");
            return again.exitCode() == 0
                    ? compare(project, rehearsal)
                    : Optional.of("did not run again: " + again + " after " + ended);
        }
    }

    private static Optional<String> compare(CrashProject project, Rehearsal rehearsal) throws Exception {
        Stored stored = Stored.read(project);
        return stored.equals(rehearsal.right())
                ? Optional.empty()
                : Optional.of(stored.differenceTo(rehearsal.right()));
    }
}
