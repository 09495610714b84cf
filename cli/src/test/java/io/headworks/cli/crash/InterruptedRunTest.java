package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGINT and SIGTERM to a run that is under way. */
class InterruptedRunTest {
    @TempDir
    static Path programs;

    private static HwProcess hw;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        hw = HwProcess.prepared(programs);
    }

    @ParameterizedTest
    @CsvSource({"duckdb, INT, 130", "sqlite, TERM, 143", "parquet, TERM, 143"})
    void beforeTheCommitTheTargetIsUntouched(String target, String signal, int exitCode) throws Exception {
        Combination combination = loadedOnce(target);
        Stored before = Stored.read(new CrashProject(combination, project(), null));

        try (HeldProcess run = hw.hold(FailPoint.K13, project(), "run", "load")) {
            run.interrupt(signal);
            run.release();

            assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
        }
        Stored after = Stored.read(new CrashProject(combination, project(), null));
        assertThat(after).as(after.differenceTo(before)).isEqualTo(before);
        assertThat(newest().get("status")).isEqualTo("cancelled");
        assertThat(newest().get("error_message").toString()).contains("interrupted by SIG" + signal);
        assertThat(new Hw(project()).run("run", "load").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void afterTheCommitTheRecordSaysThatTheDataIsThere(String target) throws Exception {
        loadedOnce(target);

        try (HeldProcess run = hw.hold(FailPoint.K17, project(), "run", "load")) {
            run.interrupt("INT");
            run.release();

            assertThat(run.exitCode()).as(run.output()).isEqualTo(130);
        }
        assertThat(newest().get("status")).isIn("partial", "success");
        assertThat(newest().get("rows_inserted")).isEqualTo(19L);
        assertThat(new Hw(project()).run("run", "load").out()).contains("nothing to do");
    }

    @Test
    void aSecondSignalEndsItAtOnceAndTheNextRunRepairs() throws Exception {
        loadedOnce("duckdb");

        try (HeldProcess run = hw.hold(FailPoint.K13, project(), "run", "load")) {
            run.interrupt("INT");
            run.send("TERM");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(143);
        }
        assertThat(newest().get("status")).isEqualTo("failed");
        assertThat(new Hw(project()).run("run", "load").out()).contains("19 inserted");
    }

    private Path project() {
        return folder.resolve("project");
    }

    /** And the source has grown since. */
    private Combination loadedOnce(String target) throws IOException {
        Combination combination = new Combination(target, Strategy.MERGE, false, false);
        combination.write(project());
        assertThat(new Hw(project()).run("run", "load").exitCode()).isZero();
        combination.grow(project());
        return combination;
    }

    private Map<?, ?> newest() {
        return (Map<?, ?>) ((List<?>) new Hw(project()).json("runs").get("runs")).get(0);
    }
}
