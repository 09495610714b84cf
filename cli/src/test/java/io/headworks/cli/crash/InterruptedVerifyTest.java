package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hw verify} on a server, stopped in the middle of a replay. */
@Tag("ci")
class InterruptedVerifyTest {
    @TempDir
    Path folder;

    private HwProcess hw;
    private CrashProject project;

    @BeforeEach
    void unpack() throws Exception {
        hw = HwProcess.prepared(folder.resolve("programs"));
    }

    private void loadedOnce(String target) throws Exception {
        Combination combination = new Combination(target, Strategy.MERGE, false, false);
        Path home = Files.createDirectories(folder.resolve("project"));
        project = CrashProject.make(combination, home);
        assertThat(new Hw(home).run("run", "load").exitCode()).isZero();
        combination.grow(home);
    }

    @AfterEach
    void close() {
        if (project != null) {
            project.close();
        }
    }

    private List<String> namespaces() {
        String names = project.combination().target().equals("mysql")
                ? "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'hw\\_verify\\_%'"
                : "SELECT datname FROM pg_database WHERE datname LIKE 'hw\\_verify\\_%'";
        return project.server().texts(names).stream().map(String::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql"})
    void itsDatabasesAreDroppedAfterAnInterrupt(String target) throws Exception {
        loadedOnce(target);
        try (HeldProcess verify = hw.hold(FailPoint.K3, project.folder(), "verify", "load", "--kills", "0")) {
            assertThat(namespaces()).hasSize(1);
            verify.interrupt("INT");
            verify.release();

            assertThat(verify.exitCode()).as(verify.output()).isEqualTo(130);
        }
        assertThat(namespaces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql"})
    void theNextOneDropsWhatAKilledOneLeft(String target) throws Exception {
        loadedOnce(target);
        try (HeldProcess verify = hw.hold(FailPoint.K3, project.folder(), "verify", "load", "--kills", "0")) {
            verify.send("KILL");
            verify.exitCode();
        }
        assertThat(namespaces()).hasSize(1);

        Hw.Result next = new Hw(project.folder()).run("verify", "load", "--kills", "0");

        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        assertThat(next.out()).contains("dropped hw_verify_");
        assertThat(namespaces()).isEmpty();
    }
}
