package io.headworks.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestPostgresTest {

    @Test
    void everyDatabaseIsAnotherOnTheOneServer() {
        try (TestDatabase first = TestPostgres.shared().newDatabase();
                TestDatabase second = TestPostgres.shared().newDatabase("odd \"name\" & 100 % ")) {
            first.run("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (7)");
            assertThat(first.texts("SELECT id FROM t")).containsExactly("7");
            assertThat(second.texts("SELECT count(*) FROM pg_tables WHERE tablename = 't'"))
                    .containsExactly("0");
            assertThat(second.texts("SELECT current_database()")).containsExactly("odd \"name\" & 100 % ");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + TestPostgres.shared().port() + "/postgres",
                        "postgres",
                        "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "16", "18"})
    void thereAreOldAndNewServers(String major) {
        try (TestDatabase database = TestPostgres.shared(major).newDatabase()) {
            assertThat(database.texts("SHOW server_version"))
                    .singleElement()
                    .asString()
                    .startsWith(major + ".");
        }
    }

    @Test
    void tlsIsVerifiedByName() {
        TestPostgres server = TestPostgres.shared();
        try (TestDatabase database = server.newDatabase()) {
            String verify =
                    "?sslmode=verify-full&sslrootcert=" + server.certificates().authority();
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database.name() + verify,
                            database.user(),
                            database.password()))
                    .hasMessageContaining("127.0.0.1");
            String named = "jdbc:postgresql://localhost:" + server.port() + "/" + database.name() + verify;
            TestDatabase secure = new TestDatabase(
                    "localhost", server.port(), database.name(), database.user(), database.password(), named, () -> {});
            assertThat(secure.texts("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .containsExactly("t");
        }
    }

    @Test
    void aStoppedServerStartsAgainWithItsData() {
        try (TestPostgres server = TestPostgres.start();
                TestDatabase database = server.newDatabase()) {
            database.run("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
            long before = server.pid();
            server.stop();
            assertThat(ProcessHandle.of(before)).isEmpty();
            assertThatThrownBy(() -> database.texts("SELECT 1")).hasMessageContaining("refused");
            server.restart();
            assertThat(database.texts("SELECT id FROM t")).containsExactly("1");
        }
    }

    /** Starts a server and waits to be killed. */
    static final class Victim {
        public static void main(String[] args) throws Exception {
            System.out.println(TestPostgres.start().pid());
            Thread.sleep(600_000);
        }
    }

    @Test
    void noServerOutlivesAKilledProcess() throws Exception {
        Process victim = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(victim.inputReader().readLine());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        victim.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
        assertThat(server.isAlive()).isFalse();
    }
}
