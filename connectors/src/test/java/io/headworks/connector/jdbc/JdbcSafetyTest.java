package io.headworks.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.connection.Connection;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.jdbc.source.JdbcSource;
import io.headworks.testkit.servers.FreePort;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a project may not say, and drivers that are not those it names. */
final class JdbcSafetyTest {
    @TempDir
    Path folder;

    private Connection connection(TestEngine engine, Map<String, String> others) {
        TestDatabase nowhere =
                new TestDatabase("127.0.0.1", FreePort.find(), "shop", "u", "secret", "jdbc:none", () -> {});
        return JdbcConnections.connection(engine, nowhere, folder, others);
    }

    private static void assertProject(Throwable failed) {
        assertThat(failed)
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROJECT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DERBY  | database | shop;create=true",
                "DERBY  | database | shop;traceFile=/tmp/x",
                "DERBY  | database | shop%3Bcreate=true",
                "DERBY  | database | shop?a=b",
                "DERBY  | host     | 127.0.0.1;create=true",
                "DERBY  | host     | 127.0.0.1/other",
                "DERBY  | port     | 1527/other",
                "DERBY  | tls      | verify-full",
                "HSQLDB | database | shop;ifexists=false",
                "HSQLDB | database | shop/other",
                "HSQLDB | host     | localhost:9001/mem",
                "HSQLDB | tls      | require",
                "HSQLDB | driver_sha256 | abc"
            })
    void whatADriverCouldReadAsMoreIsRefused(TestEngine engine, String key, String value) {
        Connection connection = connection(engine, Map.of(key, value));
        assertThatThrownBy(() -> JdbcSettings.of(connection))
                .satisfies(JdbcSafetyTest::assertProject)
                .hasMessageStartingWith("Cannot use connection erp: " + key + " '");
    }

    @ParameterizedTest
    @EnumSource
    void aJarWithAnotherHashIsNotLoaded(TestEngine engine) throws Exception {
        JdbcSettings settings = JdbcSettings.of(connection(engine, Map.of()));
        Path jar = Files.list(settings.driver()).findFirst().orElseThrow();
        Files.write(jar, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        try (JdbcSource source = new JdbcSource(settings)) {
            assertThatThrownBy(source::tables)
                    .satisfies(JdbcSafetyTest::assertProject)
                    .hasMessageStartingWith(
                            "Cannot load the driver " + jar + ": its SHA-256 is " + JdbcConnections.sha256(jar));
        }
    }

    @Test
    void aJarThatNobodyNamedIsNotLoadedBesideTheOthers() throws Exception {
        JdbcSettings settings = JdbcSettings.of(connection(TestEngine.DERBY, Map.of()));
        Files.write(settings.driver().resolve("zz-extra.jar"), new byte[] {1});
        try (JdbcSource source = new JdbcSource(settings)) {
            assertThatThrownBy(source::tables)
                    .satisfies(JdbcSafetyTest::assertProject)
                    .hasMessageContaining("zz-extra.jar: its SHA-256 is ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsNotThereIsOutOfReach(TestEngine engine) {
        try (JdbcSource source = new JdbcSource(JdbcSettings.of(connection(engine, Map.of())))) {
            assertThatThrownBy(source::tables)
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE))
                    .hasMessageStartingWith("Cannot connect at 127.0.0.1:")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aWrongPasswordIsTheProjectsFault() {
        try (TestDatabase database = TestEngine.HSQLDB.newDatabase()) {
            Connection right = JdbcConnections.connection(TestEngine.HSQLDB, database, folder, Map.of());
            Connection wrong = new Connection(
                    right.name(),
                    right.type(),
                    right.projectFolder(),
                    right.settings(),
                    Map.of("password", new io.headworks.api.secret.Secret("not-this-one")));
            try (JdbcSource source = new JdbcSource(JdbcSettings.of(wrong))) {
                assertThatThrownBy(source::tables)
                        .satisfies(JdbcSafetyTest::assertProject)
                        .hasMessageNotContaining("not-this-one");
            }
        }
    }
}
