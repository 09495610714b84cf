package io.headworks.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.state.StateHome;
import io.headworks.core.secret.Masker;
import io.headworks.core.state.RunFiles;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.RunStore;
import io.headworks.core.state.StateDatabase;
import io.headworks.testkit.servers.TcpProxy;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import io.headworks.testkit.state.Remembered;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away while a process has the state open. */
class PostgresStateFaultsTest {
    @TempDir
    Path folder;

    private RunStore store(StateDatabase state) {
        return new RunStore(state, new RunFiles(folder), new Masker(List.of()));
    }

    /** Whoever does not hear that it was committed says it again, and it stands there once. */
    @Test
    void aLostAnswerToCommitIsAskedForAgain() {
        TestDatabase database = TestPostgres.shared().newDatabase();
        try (database;
                TcpProxy proxy = new TcpProxy(database.port())) {
            StateHome home = PostgresHomes.of(database, Map.of("port", Integer.toString(proxy.port())));
            // a driver names a statement that it sends again: its words go out once in a session
            StateDatabase.open(home).close();
            try (StateDatabase state = StateDatabase.open(home)) {
                proxy.loseAnswer("COMMIT", 1);
                store(state).finished(Remembered.committed(1, "orders", 5));

                assertThat(proxy.hasStruck()).isTrue();
                assertThat(new RunHistory(state).newest(null, 9)).hasSize(1);
            }
        }
    }

    /** Cut after each so many bytes: what was written is there whole, and nothing was written twice. */
    @Test
    void aConnectionMayBreakAnywhere() {
        TestDatabase database = TestPostgres.shared().newDatabase();
        try (database;
                TcpProxy proxy = new TcpProxy(database.port())) {
            StateHome home = PostgresHomes.of(database, Map.of("port", Integer.toString(proxy.port())));
            try (StateDatabase state = StateDatabase.open(home)) {
                int broken = 0;
                for (int run = 1; run <= 30; run++) {
                    proxy.arm(run % 2 == 0 ? TcpProxy.Fault.RESET : TcpProxy.Fault.CLOSE, 7L * (run - 1));
                    store(state).finished(Remembered.committed(run, "orders", run));
                    broken += proxy.hasStruck() ? 1 : 0;
                }
                proxy.arm(TcpProxy.Fault.NONE, Long.MAX_VALUE);
                assertThat(broken).isGreaterThan(10);
                assertThat(new RunHistory(state).newest(null, 99)).hasSize(30);
                assertThat(store(state)
                                .known(Remembered.key("orders"), List.of())
                                .lastRunNumber())
                        .isEqualTo(30);
            }
        }
    }

    @Test
    @Tag("ci")
    void aServerMayBeStartedAnewInTheMiddleOfARun() throws Exception {
        try (TestPostgres server = TestPostgres.start();
                TestDatabase database = server.newDatabase()) {
            StateHome home = PostgresHomes.of(database, Map.of());
            try (StateDatabase state = StateDatabase.open(home)) {
                store(state).running(Remembered.run(1, "orders", io.headworks.core.record.RunStatus.RUNNING));
                server.stop();
                Thread starting = new Thread(server::restart);
                starting.start();
                store(state).finished(Remembered.committed(1, "orders", 5));
                starting.join();

                assertThat(new RunHistory(state).newest("orders", 1).get(0)).contains("\"status\":\"success\"");
            }
            try (StateDatabase again = StateDatabase.open(home)) {
                assertThat(new RunHistory(again).newest(null, 9)).hasSize(1);
            }
        }
    }
}
