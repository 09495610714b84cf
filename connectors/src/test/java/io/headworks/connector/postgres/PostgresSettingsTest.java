package io.headworks.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Setting;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Source;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.server.TlsMode;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a project may say of a server, and what somebody hostile may try to say with it. */
final class PostgresSettingsTest {

    private static PostgresSettings settings(Map<String, String> others) {
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("host", "db.example.com", "database", "shop", "user", "reader"));
        all.putAll(others);
        return PostgresSettings.of(new Connection("shop", "postgresql", Path.of("/project"), all, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example.com:5432",
                "db.example.com/other",
                "db.example.com?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
                "db.example.com%3FsocketFactory=x",
                "a,b",
                "user@host",
                "//host",
                "host/..",
                "host;INIT=x",
                "host&sslmode=disable",
                "host#x",
                "[::1]",
                "jdbc:postgresql://host",
                "/var/run/postgresql",
                "-host",
                "host\nname",
                "host name",
                "${jndi:ldap://x}",
                "host\0",
                ""
            })
    void aHostIsNothingButAHost(String host) {
        assertThatThrownBy(() -> settings(Map.of("host", host)))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.PROJECT))
                .hasMessageStartingWith("Cannot use connection shop: host '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.8.8", "::1"})
    void thisMachineNeedsNoTls(String host) {
        assertThat(settings(Map.of("host", host)).server().tls()).isEqualTo(TlsMode.DISABLE);
        assertThat(settings(Map.of("host", host, "tls", "verify-full")).server().tls())
                .isEqualTo(TlsMode.VERIFY_FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db", "127.0.0.1.example.com", "localhost.example.com", "10.0.0.1", "fe80::1", "::ffff:127.0.0.1"
            })
    void everyOtherServerIsVerified(String host) {
        assertThat(settings(Map.of("host", host)).server().tls()).isEqualTo(TlsMode.VERIFY_FULL);
    }

    @Test
    void numbersAndTextsAreChecked() {
        for (Map<String, String> wrong : List.of(
                Map.of("port", "0"),
                Map.of("port", "65536"),
                Map.of("user", "a\0b"),
                Map.of("database", " "),
                Map.of("application_name", "x\nSET ROLE y"),
                Map.of("read_timeout", "1.5s"))) {
            assertThatThrownBy(() -> settings(wrong))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("(allowed: ");
        }
    }

    /** The server's own answer shows what arrived: the text as it is, and nothing else of the session changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop?sslmode=disable&socketFactory=evil.Factory",
                "shop&loggerFile=/tmp/x",
                "shop%3FsocketFactory=evil.Factory",
                "shop/../postgres",
                "shop;DROP DATABASE postgres",
                "dbname=postgres host=evil",
                "${env:HOME}"
            })
    void aDatabaseIsNothingButADatabase(String name) {
        try (TestDatabase real = TestPostgres.shared().newDatabase()) {
            TestDatabase named = new TestDatabase(
                    real.host(), real.port(), name, real.user(), real.password(), real.url(), () -> {});
            try (Source source = PostgresSources.of(named)) {
                assertThatThrownBy(source::tables).hasMessageContaining("database \"" + name + "\" does not exist");
            }
        }
    }

    @Test
    void aUserIsNothingButAUser() {
        try (TestDatabase real = TestPostgres.shared().newDatabase()) {
            String name = "reader?password=x&user=postgres";
            TestDatabase named =
                    new TestDatabase(real.host(), real.port(), real.name(), name, "x", real.url(), () -> {});
            try (Source source = PostgresSources.of(named)) {
                assertThatThrownBy(source::tables).hasMessageContaining("for user \"" + name + "\"");
            }
        }
    }

    @Test
    void thePasswordIsTheOnlySecret() {
        assertThat(PostgresSettings.all())
                .filteredOn(Setting::isSecret)
                .extracting(Setting::key)
                .containsExactly("password");
        assertThat(settings(Map.of())).asString().isEqualTo("reader@db.example.com:5432/shop");
    }
}
