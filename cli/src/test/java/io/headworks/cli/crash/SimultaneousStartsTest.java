package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many processes that want to run one pipeline, and one that sleeps while others do. {@code -Dcrash.starts=20} starts
 * fewer.
 */
class SimultaneousStartsTest {
    private static final int HELD = 4;

    @TempDir
    Path folder;

    private HwProcess hw;

    @BeforeEach
    void unpack() throws Exception {
        Path programs = folder.resolve("hw");
        hw = HwProcess.prepared(programs).archived(programs, Combination.all().get(0));
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"duckdb", "sqlite", "parquet", "postgresql", "mysql"})
    void fiftyStartsLoadEachRowOnce(String target) throws Exception {
        start(target, Integer.getInteger("crash.starts", 50));
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"duckdb", "postgresql"})
    void sixStartsLoadEachRowOnce(String target) throws Exception {
        start(target, 6);
    }

    /** Append is the strategy that a second load would show in. */
    private void start(String target, int processes) throws Exception {
        Rehearsal rehearsal =
                Rehearsal.of(new Combination(target, Strategy.APPEND, true, false), hw, folder.resolve(target));
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try (CrashProject project = rehearsal.project().copyTo(folder.resolve("many"))) {
            Callable<HwProcess.Ended> start = () -> hw.run(project.folder(), "run", "load");
            List<HwProcess.Ended> ended = new ArrayList<>();
            for (Future<HwProcess.Ended> each : threads.invokeAll(Collections.nCopies(processes, start))) {
                ended.add(each.get());
            }
            List<HwProcess.Ended> refused =
                    ended.stream().filter(each -> each.exitCode() != 0).toList();
            assertThat(refused).allSatisfy(each -> {
                assertThat(each.exitCode()).as(each.output()).isEqualTo(HELD);
                assertThat(each.output()).contains("Cannot ");
            });
            assertThat(ended.stream().filter(each -> each.output().contains(" inserted")))
                    .as("they say that they loaded")
                    .hasSize(1);
            System.out.println(target + ": of " + processes + " starts one loaded, "
                    + (processes - 1 - refused.size()) + " found nothing to do, " + refused.size()
                    + " were told that another holds it");
            Stored stored = Stored.read(project);
            assertThat(stored.content()).isEqualTo(rehearsal.right().content());
            assertThat(stored.ledger()).isEqualTo(rehearsal.right().ledger());
            assertThat(stored.objects()).isEqualTo(rehearsal.right().objects());
        } finally {
            threads.shutdownNow();
        }
    }

    /** It has the fence and sleeps; another takes the fence and loads; what wakes up changes nothing. */
    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = "postgresql")
    void onAServerWhoWakesUpLateChangesNothing(String target) throws Exception {
        wakeUpLate(target);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = "mysql")
    void onMariaDbWhoWakesUpLateChangesNothing(String target) throws Exception {
        wakeUpLate(target);
    }

    /**
     * It has looked, and has no fence yet: a file that others may load meanwhile is looked at again, and what was planned before
     * is not done.
     */
    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = "sqlite")
    void whatWasPlannedBeforeAnotherLoadedIsNotDone(String target) throws Exception {
        lookEarly(target);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = "parquet")
    void whatWasPlannedBeforeAnotherLoadedAFolderIsNotDone(String target) throws Exception {
        lookEarly(target);
    }

    private void lookEarly(String target) throws Exception {
        Rehearsal rehearsal =
                Rehearsal.of(new Combination(target, Strategy.APPEND, true, false), hw, folder.resolve(target));
        try (CrashProject project = rehearsal.project().copyTo(folder.resolve("early"));
                HeldProcess early = hw.hold(FailPoint.K1, project.folder(), "run", "load")) {
            Hw.Result other = new Hw(project.folder()).run("run", "load");
            assertThat(other.exitCode()).as(other.toString()).isZero();

            early.release();
            assertThat(early.exitCode()).as(early.output()).isZero();
            assertThat(early.output()).contains("nothing to do");
            Stored stored = Stored.read(project);
            assertThat(stored.content()).isEqualTo(rehearsal.right().content());
            assertThat(stored.ledger()).isEqualTo(rehearsal.right().ledger());
            assertThat(stored.objects()).isEqualTo(rehearsal.right().objects());
        }
    }

    private void wakeUpLate(String target) throws Exception {
        Rehearsal rehearsal =
                Rehearsal.of(new Combination(target, Strategy.APPEND, true, false), hw, folder.resolve(target));
        try (CrashProject project = rehearsal.project().copyTo(folder.resolve("asleep"));
                HeldProcess holder = hw.hold(FailPoint.K11, project.folder(), "run", "load")) {
            holder.send("STOP");
            Hw.Result other = new Hw(project.folder()).run("run", "load");
            assertThat(other.exitCode()).as(other.toString()).isZero();

            holder.send("CONT");
            holder.release();
            assertThat(holder.exitCode()).as(holder.output()).isEqualTo(HELD);
            assertThat(holder.output()).contains("is no longer held, another run took it");
            Stored stored = Stored.read(project);
            assertThat(stored.content()).isEqualTo(rehearsal.right().content());
            assertThat(stored.ledger()).isEqualTo(rehearsal.right().ledger());
            assertThat(stored.objects()).isEqualTo(rehearsal.right().objects());
        }
    }

    /** It sleeps inside its transaction, whose rows nobody else may touch: others are refused, and it ends its work. */
    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"postgresql", "mysql", "sqlite", "parquet"})
    void nobodyPassesASleeperInItsTransaction(String target) throws Exception {
        sleepInside(target);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = "duckdb")
    void ofAFileNothingIsStolen(String target) throws Exception {
        sleepInside(target);
    }

    private void sleepInside(String target) throws Exception {
        Rehearsal rehearsal =
                Rehearsal.of(new Combination(target, Strategy.APPEND, true, false), hw, folder.resolve(target));
        try (CrashProject project = rehearsal.project().copyTo(folder.resolve("asleep"));
                HeldProcess holder = hw.hold(FailPoint.K13, project.folder(), "run", "load")) {
            holder.send("STOP");
            HwProcess.Ended other = hw.run(project.folder(), "run", "load");
            assertThat(other.exitCode()).as(other.output()).isEqualTo(HELD);

            holder.send("CONT");
            holder.release();
            assertThat(holder.exitCode()).as(holder.output()).isZero();
            Stored stored = Stored.read(project);
            assertThat(stored.content()).isEqualTo(rehearsal.right().content());
            assertThat(stored.ledger()).isEqualTo(rehearsal.right().ledger());
            assertThat(stored.objects()).isEqualTo(rehearsal.right().objects());
        }
    }
}
