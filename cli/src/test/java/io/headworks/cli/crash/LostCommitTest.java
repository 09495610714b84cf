package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TcpProxy;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server does COMMIT and its answer is lost: every COMMIT of a run in turn, that of the fence and that of the load.
 * The run may say that it failed; run again, each row is there once, and the ledger has one row for each of the loads.
 */
class LostCommitTest {
    private static final int ROWS = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"postgresql", "mysql"})
    void fiftyLostAnswersLoadEachRowOnce(String target) throws Exception {
        lose(target, 50);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"postgresql", "mysql"})
    void aLostAnswerLoadsEachRowOnce(String target) throws Exception {
        lose(target, 1);
    }

    private void lose(String target, int times) throws Exception {
        Combination append = new Combination(target, Strategy.APPEND, true, false);
        try (CrashProject project = CrashProject.make(append, folder.resolve("project"));
                TcpProxy proxy = new TcpProxy(project.server().port())) {
            TestDatabase server = project.server();
            append.writeHead(
                    project.folder(),
                    "host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\""
                            .formatted(proxy.port(), server.name(), server.user()));
            Hw hw = new Hw(project.folder());
            assertThat(hw.run("run", "load").exitCode()).isZero();
            more(project.folder(), 0);
            proxy.loseAnswer("COMMIT", 0);
            assertThat(hw.run("run", "load").exitCode()).isZero();
            int commits = proxy.requests();
            assertThat(commits).as("the fence's and the load's").isGreaterThanOrEqualTo(2);
            long before = Long.parseLong(
                    String.valueOf(server.texts("SELECT count(*) FROM facts").get(0)));
            int failed = 0;
            for (int time = 1; time <= times; time++) {
                more(project.folder(), time);
                proxy.loseAnswer("COMMIT", 1 + (commits - time % commits) % commits);
                failed += loseOne(hw, proxy) ? 1 : 0;
                assertThat(once(server)).as("after " + time).containsExactly(before + time * ROWS + " rows, 0 twice");
                assertThat(server.texts("SELECT count(*) FROM " + ledger(target)))
                        .containsExactly(Integer.toString(2 + time));
            }
            System.out.println(target + ": " + times + " of " + times + " loads are there once; " + failed
                    + " runs said that they failed");
        }
    }

    /** True when the run said that it failed, and was run again. */
    private static boolean loseOne(Hw hw, TcpProxy proxy) {
        Hw.Result struck = hw.run("run", "load");
        assertThat(proxy.hasStruck()).as(struck.toString()).isTrue();
        if (struck.exitCode() == 0) {
            return false;
        }
        assertThat(struck.exitCode()).as(struck.toString()).isEqualTo(5);
        Hw.Result again = hw.run("run", "load");
        assertThat(again.exitCode()).as(again.toString()).isZero();
        return true;
    }

    private static void more(Path project, int time) throws Exception {
        StringBuilder rows = new StringBuilder("month,id,amount,note\n");
        for (int row = 0; row < ROWS; row++) {
            rows.append("2025-01-01,").append(1000 + time * ROWS + row).append(",1.00,more\n");
        }
        Files.writeString(project.resolve("data/more-" + time + ".csv"), rows.toString());
    }

    private static List<String> once(TestDatabase server) {
        return server
                .texts("SELECT concat(count(*), ' rows, ', count(*) - count(DISTINCT id), ' twice') FROM facts")
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private static String ledger(String target) {
        return target.equals("mysql") ? "hw_ledger" : "headworks.ledger";
    }
}
