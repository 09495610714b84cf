package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that lacks a part of itself. */
class DamagedProgramTest {
    @TempDir
    Path folder;

    @Test
    void endsAsADefectOfOurs() throws Exception {
        Path project = folder.resolve("project");
        new Combination("duckdb", Strategy.MERGE, false, false).write(project);

        HwProcess.Ended ended =
                HwProcess.prepared(folder.resolve("hw")).without("snakeyaml").run(project, "run", "load");

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(7);
        assertThat(ended.output()).contains("this is a defect of Headworks");
    }
}
