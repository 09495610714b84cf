package io.headworks.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

final class TestMariaDbTest {

    @Test
    void everyDatabaseIsAnotherAndNoneIsOpenWithoutPassword() {
        TestMariaDb server = TestMariaDb.shared();
        try (TestDatabase first = server.newDatabase();
                TestDatabase second = server.newDatabase()) {
            first.run("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (7)");
            assertThat(first.texts("SELECT id FROM t")).containsExactly("7");
            assertThat(second.texts("SHOW TABLES")).isEmpty();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + server.port() + "/mysql?sslMode=disable", "root", ""))
                .hasMessageContaining("Access denied");
    }

    @Test
    void tlsIsVerified() throws Exception {
        TestMariaDb server = TestMariaDb.shared();
        try (TestDatabase database = server.newDatabase()) {
            String url = "jdbc:mariadb://localhost:" + server.port() + "/" + database.name()
                    + "?sslMode=verify-full&serverSslCert="
                    + server.certificates().authority();
            TestDatabase secure = new TestDatabase(
                    "localhost", server.port(), database.name(), database.user(), database.password(), url, () -> {});
            assertThat(secure.texts("SELECT variable_value <> '' FROM information_schema.session_status"
                            + " WHERE variable_name = 'Ssl_cipher'"))
                    .containsExactly("1");
        }
    }

    @Test
    void aStoppedServerStartsAgainWithItsData() {
        try (TestMariaDb server = TestMariaDb.start();
                TestDatabase database = server.newDatabase()) {
            database.run("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
            long before = server.pid();
            server.stop();
            assertThat(ProcessHandle.of(before)).isEmpty();
            server.restart();
            assertThat(database.texts("SELECT id FROM t")).containsExactly("1");
        }
    }
}
