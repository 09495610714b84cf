package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child process that dies in the middle of a run, and what the next command makes of it. */
final class KilledProcessTest {
    @TempDir
    Path temporary;

    private Hw hw;

    @BeforeEach
    void init() {
        Path folder = temporary.resolve("shop");
        Hw.runAnywhere("init", folder.toString());
        hw = new Hw(folder);
    }

    @Test
    void beforeTheCommitTheRunIsClosedAsFailedAndRunsAgain() throws Exception {
        assertThat(killedAt("K15")).isEqualTo(137);

        Map<?, ?> run = (Map<?, ?>) ((List<?>) hw.json("runs").get("runs")).get(0);
        assertThat(run.get("status")).isEqualTo("failed");
        assertThat(run.get("error_message").toString()).contains("the process was killed");
        assertThat(hw.run("run", "orders").out()).contains("6 inserted");
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[6]");
        assertThat(hw.folder().resolve(".headworks/staging")).isEmptyDirectory();
    }

    @Test
    void afterTheCommitTheLedgerIsBelieved() throws Exception {
        assertThat(killedAt("K18")).isEqualTo(137);

        assertThat(hw.run("runs").out()).contains("failed");
        assertThat(hw.run("run", "orders").out()).contains("nothing to do");
        assertThat(hw.run("runs").out()).contains("partial");
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[6]");
    }

    private int killedAt(String failPoint) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dheadworks.failpoint=" + failPoint,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--project",
                hw.folder().toString(),
                "run",
                "orders"));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return child.waitFor();
    }
}
