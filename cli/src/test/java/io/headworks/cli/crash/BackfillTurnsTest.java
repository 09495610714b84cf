package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill and live runs of one dataset, each a process: they wait for one another, and nobody fails. */
class BackfillTurnsTest {
    private static final int DAYS = 3;

    @TempDir
    static Path programs;

    private static HwProcess hw;

    @TempDir
    Path folder;

    private final ExecutorService beside = Executors.newSingleThreadExecutor();

    @BeforeAll
    static void unpack() throws IOException {
        hw = HwProcess.prepared(programs);
    }

    private BackfillProject onAFile() throws IOException {
        return BackfillProject.write(folder.resolve("project"), DAYS, null);
    }

    private Future<HwProcess.Ended> start(BackfillProject project, String... arguments) {
        Callable<HwProcess.Ended> process = () -> hw.run(project.folder(), arguments);
        return beside.submit(process);
    }

    private static void succeeded(HwProcess.Ended ended) {
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    @Test
    void aBackfillWaitsForALiveRunThatHasTheFile() throws Exception {
        waitsForALiveRun(onAFile());
    }

    /** Who begins last has the table of a server; here nobody takes it away. */
    @Test
    void aBackfillWaitsForALiveRunThatHasTheFence() throws Exception {
        try (TestDatabase server = TestPostgres.shared().newDatabase()) {
            waitsForALiveRun(BackfillProject.write(folder.resolve("project"), DAYS, server));
        }
    }

    private void waitsForALiveRun(BackfillProject project) throws Exception {
        try (HeldProcess live = hw.hold(FailPoint.K12, project.folder(), "run", "orders")) {
            Future<HwProcess.Ended> backfill = start(project, project.backfill());
            awaitStatus(project, "running");
            assertThat(backfill.isDone()).isFalse();
            live.release();

            assertThat(live.exitCode()).as(live.output()).isZero();
            succeeded(backfill.get());
            assertThat(backfill.get().output()).contains("orders: waiting: live run");
        }
        assertThat(project.rows()).hasSize(DAYS * 24);
    }

    @Test
    void aLiveRunWaitsForTheSliceThatIsWritten() throws Exception {
        waitsForASlice(onAFile());
    }

    @Test
    void aLiveRunWaitsForTheSliceThatIsWrittenOnAServer() throws Exception {
        try (TestDatabase server = TestPostgres.shared().newDatabase()) {
            waitsForASlice(BackfillProject.write(folder.resolve("project"), DAYS, server));
        }
    }

    private void waitsForASlice(BackfillProject project) throws Exception {
        try (HeldProcess backfill = hw.hold(FailPoint.K12, project.folder(), project.backfill())) {
            Future<HwProcess.Ended> live = start(project, "run", "orders");
            while (project.hw()
                            .run("runs")
                            .out()
                            .lines()
                            .filter(line -> line.contains("running"))
                            .count()
                    < 2) {
                assertThat(live.isDone()).isFalse();
            }
            backfill.release();

            assertThat(backfill.exitCode()).as(backfill.output()).isZero();
            succeeded(live.get());
            assertThat(live.get().output()).contains("orders: waiting for a slice of backfill");
        }
        assertThat(project.rows()).hasSize(DAYS * 24);
    }

    /** The day that is being loaded gets another row behind its back. */
    @Test
    void rowsThatComeMeanwhileAreFound() throws Exception {
        BackfillProject project = onAFile();
        try (HeldProcess backfill = hw.hold(FailPoint.K12, project.folder(), project.backfill())) {
            Files.writeString(
                    project.folder().resolve("data/late.csv"), "id,amount,placed_at\n5000,1.00,2024-01-03 12:30:00\n");
            backfill.release();

            assertThat(backfill.exitCode()).as(backfill.output()).isEqualTo(1);
            assertThat(backfill.output())
                    .contains("the source has 73 rows of these slices now, and 72 were loaded", "partial; record");
        }
        Hw.Result again = project.hw().run(project.backfill());
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(project.rows()).hasSize(DAYS * 24 + 1);
    }

    @Test
    void aSignalLeavesItToBeResumed() throws Exception {
        BackfillProject project = onAFile();
        try (HeldProcess backfill = hw.hold(FailPoint.K12, project.folder(), project.backfill())) {
            backfill.interrupt("INT");
            backfill.release();

            assertThat(backfill.exitCode()).as(backfill.output()).isEqualTo(130);
            assertThat(backfill.output()).contains("interrupted; record", "hw backfill resume");
        }
        assertThat(project.newest().get("status")).isEqualTo("interrupted");
        String id = String.valueOf(project.newest().get("backfill_id"));
        Hw.Result resumed = project.hw().run("backfill", "resume", id);
        assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
        assertThat(project.rows()).hasSize(DAYS * 24);
    }

    @Test
    void itIsCancelledFromAnotherProcess() throws Exception {
        BackfillProject project = onAFile();
        try (HeldProcess backfill = hw.hold(FailPoint.K12, project.folder(), project.backfill())) {
            String id = String.valueOf(project.newest().get("backfill_id"));
            assertThat(project.hw().run("backfill", "resume", id).exitCode()).isEqualTo(4);
            assertThat(project.hw().run(project.backfill()).err()).contains("loads the same dataset");
            assertThat(project.hw().run("backfill", "cancel", id).out()).contains("stopping");
            backfill.release();

            assertThat(backfill.exitCode()).as(backfill.output()).isEqualTo(130);
        }
        assertThat(project.newest().get("status")).isEqualTo("cancelled");
        Map<?, ?> part = (Map<?, ?>) ((List<?>) project.newest().get("parts")).get(0);
        assertThat(part.get("done")).as("what is loaded stays").isIn(0L, 1L);
    }

    private static void awaitStatus(BackfillProject project, String status) throws InterruptedException {
        while (project.backfills().isEmpty() || !project.newest().get("status").equals(status)) {
            Thread.sleep(50);
        }
    }
}
