package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other commands do while a run of another process has the target's file. */
class HeldFileTest {
    private static final String COUNT = "select count(*) from facts";

    @TempDir
    Path folder;

    @Test
    void othersWaitOrSayWhoHoldsIt() throws Exception {
        Path project = folder.resolve("project");
        new Combination("duckdb", Strategy.MERGE, false, false).write(project);
        Hw other = new Hw(project);

        try (HeldProcess run = HwProcess.prepared(folder.resolve("hw")).hold(FailPoint.K13, project, "run", "load")) {
            Hw.Result query = other.run("query", COUNT, "--wait", "0s");
            assertThat(query.exitCode()).as(query.err()).isEqualTo(4);
            assertThat(query.err()).contains("of load in process " + run.pid(), "--wait 5m waits longer");

            Hw.Result second = other.run("run", "load");
            assertThat(second.exitCode()).as(second.out() + second.err()).isEqualTo(4);
            assertThat(second.out() + second.err()).contains(Long.toString(run.pid()));

            CompletableFuture<Hw.Result> waiting =
                    CompletableFuture.supplyAsync(() -> other.run("query", COUNT, "--wait", "5m"));
            assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            run.release();

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(waiting.get().exitCode()).as(waiting.get().err()).isZero();
            assertThat(waiting.get().out()).contains("38");
        }
    }
}
