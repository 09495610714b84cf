package io.headworks.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.jdbc.source.JdbcSource;
import io.headworks.testkit.servers.TestCertificates;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestHsqldb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a driver takes for the server. The authorities are those of the Java installation, so each client is a process. */
final class JdbcTlsTest {
    private static TestHsqldb.Encrypted server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = TestHsqldb.startEncrypted();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aServerOfAnAuthorityThatIsKnownIsTrusted() throws Exception {
        assertThat(client("localhost", true)).isEqualTo("connected");
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefused() throws Exception {
        assertThat(client("localhost", false)).startsWith("SOURCE_UNREACHABLE").contains("certification path");
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        assertThat(client("127.0.0.1", true)).startsWith("SOURCE_UNREACHABLE");
    }

    @Test
    void aClientThatDoesNotEncryptGetsNoSession() {
        try (JdbcSource source = new JdbcSource(settings(folder, "localhost", server.port(), "disable"))) {
            assertThatThrownBy(source::tables)
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
        }
    }

    private String client(String host, boolean trusts) throws Exception {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore="
                                + (trusts ? server.certificates().trustStore() : folder.resolve("none")),
                        "-Djavax.net.ssl.trustStorePassword=" + TestCertificates.PASSWORD,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Client.class.getName(),
                        folder.toString(),
                        host,
                        Integer.toString(server.port()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor()).isZero();
        return said.strip();
    }

    private static JdbcSettings settings(Path folder, String host, int port, String tls) {
        TestDatabase database = new TestDatabase(host, port, "secure", "SA", "", "jdbc:none", () -> {});
        return JdbcSettings.of(JdbcConnections.connection(TestEngine.HSQLDB, database, folder, Map.of("tls", tls)));
    }

    /** Says whether it is let in, or why not. */
    static final class Client {
        private Client() {}

        public static void main(String[] arguments) {
            JdbcSettings settings =
                    settings(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]), "verify-full");
            try (JdbcSource source = new JdbcSource(settings)) {
                source.tables();
                System.out.println("connected");
            } catch (HeadworksException refused) {
                System.out.println(refused.kind() + " " + refused.getMessage());
            }
        }
    }
}
