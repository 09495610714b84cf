package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.cli.Hw;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL to a run at any instant, and to the run that is to repair it, and to the one after that; then a run that is let
 * live. {@code -Dheadworks.seed=…} repeats a choice of combinations and instants, as far as instants can be repeated.
 */
class RandomKillsTest {
    private static final int MOST_KILLS_IN_A_ROW = 3;
    /** No run of these projects takes as long, so that some are not hit at all. */
    private static final double LONGEST_SHARE = 1.1;

    private static final Set<String> FINAL = Set.of("success", "failed", "partial");

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void fiveHundredKillsLeaveNothingWrong() throws Exception {
        List<Combination> all = new ArrayList<>(Combination.all());
        all.addAll(Combination.histories());
        kill(500, all);
    }

    @Test
    @Tag("ci")
    void aDozenKillsLeaveNothingWrong() throws Exception {
        kill(
                12,
                List.of(
                        new Combination("duckdb", Strategy.MERGE, true, false),
                        new Combination("parquet", Strategy.UPSERT, true, false),
                        new Combination("postgresql", Strategy.APPEND, true, false)));
    }

    private void kill(int kills, List<Combination> combinations) throws Exception {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        try (CrashLab lab = CrashLab.open(folder)) {
            List<Rehearsal> rehearsals = lab.rehearse(combinations);
            List<Callable<Optional<String>>> work = new ArrayList<>();
            int planned = 0;
            while (planned < kills) {
                Rehearsal rehearsal = rehearsals.get(random.nextInt(rehearsals.size()));
                List<Long> instants = instants(random, rehearsal.millis());
                work.add(() -> problem(lab, rehearsal, instants));
                planned += instants.size();
            }
            List<String> wrong =
                    lab.all(work).stream().flatMap(Optional::stream).toList();
            System.out.println(planned + " kills of " + work.size() + " runs and their repairs, seed " + seed + ": "
                    + wrong.size() + " wrong");
            assertThat(wrong).as("seed " + seed).isEmpty();
        }
    }

    private static List<Long> instants(Random random, long millis) {
        return random.doubles(1 + random.nextInt(MOST_KILLS_IN_A_ROW))
                .mapToObj(share -> Math.round(share * LONGEST_SHARE * millis))
                .toList();
    }

    private Optional<String> problem(CrashLab lab, Rehearsal rehearsal, List<Long> instants) throws Exception {
        String name = rehearsal.combination() + " killed after " + instants + " ms ";
        try (CrashProject project =
                rehearsal.project().copyTo(folder.resolve(UUID.randomUUID().toString()))) {
            for (long millis : instants) {
                lab.hw().killAfter(millis, project.folder(), "run", "load");
            }
            Hw.Result repaired = new Hw(project.folder()).run("run", "load");
            if (repaired.exitCode() != 0) {
                return Optional.of(name + "did not run again: " + repaired);
            }
            Stored stored = Stored.read(project);
            if (!stored.equals(rehearsal.right())) {
                return Optional.of(name + stored.differenceTo(rehearsal.right()));
            }
            List<String> statuses = CrashLab.statuses(project);
            boolean told = statuses.get(0).equals("success") && FINAL.containsAll(statuses);
            return told ? Optional.empty() : Optional.of(name + "is recorded as " + statuses);
        }
    }
}
