package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backfill that is killed at any instant and resumed, again and again, while live runs load new rows beside it: its table
 * is that of one that nobody disturbed, and no live run fails. {@code -Dheadworks.seed=…} repeats the instants.
 */
class BackfillKillsTest {
    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void ninetyDaysKilledTenTimesIntoAFile() throws Exception {
        kill(90, 10, null, null);
    }

    @Test
    @Tag("slow")
    void ninetyDaysKilledTenTimesIntoAServer() throws Exception {
        try (TestDatabase killed = TestPostgres.shared().newDatabase();
                TestDatabase clean = TestPostgres.shared().newDatabase()) {
            kill(90, 10, killed, clean);
        }
    }

    @Test
    @Tag("ci")
    void twelveDaysKilledTwiceIntoAFile() throws Exception {
        kill(12, 2, null, null);
    }

    private void kill(int days, int kills, @Nullable TestDatabase killedIn, @Nullable TestDatabase cleanIn)
            throws Exception {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        HwProcess hw = HwProcess.prepared(folder.resolve("hw"));
        BackfillProject project = BackfillProject.write(folder.resolve("killed"), days, killedIn);
        succeed(project.hw(), "run", "orders");
        project.correctHistory();
        long whole = millisOfAWhole(hw, project);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService beside = Executors.newSingleThreadExecutor();
        Future<List<HwProcess.Ended>> live = beside.submit(() -> liveRuns(hw, project, stop));
        int killed = 0;
        try {
            while (killed < kills) {
                hw.killAfter(Math.round(whole * (0.1 + 0.6 * random.nextDouble())), project.folder(), command(project));
                killed += isInterrupted(project) ? 1 : 0;
            }
            HwProcess.Ended last = hw.run(project.folder(), command(project));
            assertThat(last.exitCode())
                    .as("seed " + seed + ": " + last.output())
                    .isZero();
        } finally {
            stop.set(true);
            beside.shutdown();
        }
        List<HwProcess.Ended> runs = live.get();
        assertThat(runs)
                .as("seed " + seed)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.exitCode()).as(run.output()).isZero());
        assertThat(project.newest().get("status")).as("seed " + seed).isEqualTo("done");
        assertThat(project.rows()).as("seed " + seed).isEqualTo(clean(project, cleanIn));
        System.out.println(days + " days killed " + killed + " times beside " + runs.size() + " live runs, seed " + seed
                + ": " + project.backfills().size() + " backfills, none wrong");
    }

    /** As long as one takes from its start, measured on a range that is loaded again later. */
    private static long millisOfAWhole(HwProcess hw, BackfillProject project) throws Exception {
        long begun = System.nanoTime();
        HwProcess.Ended first =
                hw.run(project.folder(), "backfill", "orders", "--from", "2024-01-01", "--to", "2024-01-04");
        assertThat(first.exitCode()).as(first.output()).isZero();
        double three = (System.nanoTime() - begun) / 1e6;
        return Math.round(three + three / 10 * project.days() / 3);
    }

    /** What is interrupted is taken up again; else another one begins. */
    private static String[] command(BackfillProject project) {
        if (isInterrupted(project)) {
            return new String[] {
                "backfill", "resume", String.valueOf(project.newest().get("backfill_id"))
            };
        }
        return project.backfill();
    }

    private static boolean isInterrupted(BackfillProject project) {
        return !project.backfills().isEmpty()
                && ((Map<?, ?>) project.newest()).get("status").equals("interrupted");
    }

    private static List<HwProcess.Ended> liveRuns(HwProcess hw, BackfillProject project, AtomicBoolean stop)
            throws Exception {
        List<HwProcess.Ended> runs = new ArrayList<>();
        while (!stop.get()) {
            project.addLiveRows(runs.size());
            runs.add(hw.run(project.folder(), "run", "orders"));
        }
        return runs;
    }

    /** The same files by one backfill that is let end. */
    private List<?> clean(BackfillProject project, @Nullable TestDatabase server) throws Exception {
        BackfillProject clean = BackfillProject.write(folder.resolve("clean"), project.days(), server);
        clean.copyDataFrom(project);
        succeed(clean.hw(), "run", "orders");
        succeed(clean.hw(), clean.backfill());
        return clean.rows();
    }

    private static void succeed(Hw hw, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
}
