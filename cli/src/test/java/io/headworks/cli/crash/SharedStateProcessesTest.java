package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of two machines, told apart by their host names, that share one state on PostgreSQL. */
class SharedStateProcessesTest {
    private static final int HELD = 4;

    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestDatabase state;
    private HwProcess hw;
    private Rehearsal rehearsal;
    private CrashProject project;

    /** Of its own: each process has a session for the target and one for the state, more than the shared one takes. */
    @BeforeAll
    static void startServer() {
        server = TestPostgres.start("max_connections=200");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        state = server.newDatabase();
        Path password = Files.writeString(folder.resolve("state-password"), state.password());
        Path programs = folder.resolve("hw");
        hw = HwProcess.prepared(programs).archived(programs, Combination.all().get(0));
        rehearsal = Rehearsal.of(
                new Combination("postgresql", Strategy.APPEND, true, false), hw, folder.resolve("rehearsal"));
        project = rehearsal.project().copyTo(folder.resolve("project"));
        Files.writeString(
                project.folder().resolve("headworks.yml"),
                "state: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:%s}\"}%n"
                        .formatted(state.port(), state.name(), state.user(), password),
                StandardOpenOption.APPEND);
    }

    @AfterEach
    void drop() {
        project.close();
        rehearsal.project().close();
        state.close();
    }

    @Test
    @Tag("slow")
    void fiftyStartsOnTwoMachinesLoadEachRowOnceAndAreAllRemembered() throws Exception {
        start(Integer.getInteger("crash.starts", 50));
    }

    @Test
    @Tag("ci")
    void sixStartsOnTwoMachinesLoadEachRowOnceAndAreAllRemembered() throws Exception {
        start(6);
    }

    private void start(int processes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        List<HwProcess.Ended> ended = new ArrayList<>();
        try {
            List<Future<HwProcess.Ended>> started = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                HwProcess machine = hw.on(i % 2 == 0 ? "even" : "odd");
                started.add(threads.submit(() -> machine.run(project.folder(), "run", "load")));
            }
            for (Future<HwProcess.Ended> each : started) {
                ended.add(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ended)
                .allSatisfy(
                        each -> assertThat(each.exitCode()).as(each.output()).isIn(0, HELD));
        assertThat(ended.stream().filter(each -> each.output().contains(" inserted")))
                .hasSize(1);
        requireRight();
        List<?> runs = (List<?>)
                new Hw(project.folder()).json("runs", "--limit", "1000").get("runs");
        long refused = ended.stream().filter(each -> each.exitCode() == HELD).count();
        assertThat(runs).hasSize(processes);
        assertThat(runs)
                .filteredOn(run -> ((Map<?, ?>) run).get("status").equals("failed"))
                .hasSize((int) refused);
        System.out.println("of " + processes + " starts with one state one loaded, " + (processes - 1 - refused)
                + " found nothing to do, " + refused + " were told that another holds it");
    }

    @Test
    @Tag("ci")
    void whoIsKilledOnAnotherMachineIsFollowedWhenItsLeaseIsOver() throws Exception {
        Hw here = new Hw(project.folder());
        try (HeldProcess holder = hw.on("elsewhere").hold(FailPoint.K13, project.folder(), "run", "load")) {
            assertThat(here.run("runs").out()).contains("running");
        }
        assertThat(here.run("runs").out())
                .as("nobody here can see that it was killed")
                .contains("running")
                .doesNotContain("failed");

        state.run("update headworks_state.run set lease_until = 1");
        assertThat(here.run("log", "load").out())
                .contains("failed", "elsewhere has given no sign of life since, and its lease is over");
        assertThat(here.run("run", "load").exitCode()).isZero();
        requireRight();
    }

    /** It was taken for dead while it slept, and another loaded: it changes nothing, and says why. */
    @Test
    @Tag("ci")
    void whoWakesUpAfterItsLeaseChangesNothing() throws Exception {
        Hw here = new Hw(project.folder());
        try (HeldProcess holder = hw.on("elsewhere").hold(FailPoint.K11, project.folder(), "run", "load")) {
            holder.send("STOP");
            state.run("update headworks_state.run set lease_until = 1");
            assertThat(here.run("run", "load").exitCode()).isZero();

            holder.send("CONT");
            holder.release();
            assertThat(holder.exitCode()).as(holder.output()).isEqualTo(HELD);
            assertThat(holder.output()).contains("is no longer held, another run took it");
        }
        requireRight();
        assertThat(here.run("runs").out()).contains("failed").doesNotContain("running");
    }

    private void requireRight() throws IOException {
        Stored stored = Stored.read(project);
        assertThat(stored.content()).isEqualTo(rehearsal.right().content());
        assertThat(stored.ledger()).isEqualTo(rehearsal.right().ledger());
        assertThat(stored.objects()).isEqualTo(rehearsal.right().objects());
    }
}
