package io.headworks.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Source;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MysqlSafetyTest {
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestMariaDb.shared().newDatabase();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aServerThatAsksForALocalFileGetsNothing(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the content of the file");
        try (RogueServer rogue = new RogueServer(secret);
                Source source = MysqlConnections.source(database, Map.of("port", Integer.toString(rogue.port())))) {
            assertThatThrownBy(source::tables).isInstanceOf(HeadworksException.class);
            assertThat(rogue.offered()).isFalse();
            assertThat(rogue.asked()).isTrue();
            assertThat(rogue.received()).doesNotContain("content");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "host, db?allowLocalInfile=true, a host name or an IP address",
        "host, 'a,b', a host name or an IP address",
        "host, 'h)(port=1', a host name or an IP address",
        "port, 70000, 1 to 65535",
        "read_timeout, 5x, a whole number"
    })
    void whatIsNoHostPortOrTimeIsRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> MysqlConnections.source(database, Map.of(key, value)))
                .hasMessageContainingAll("Cannot use connection shop: " + key + " '" + value + "'", allowed)
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.PROJECT));
    }

    @ParameterizedTest
    @CsvSource({"shop?allowLocalInfile=true", "shop&x=y", "sh`op", "shop; DROP DATABASE x"})
    void aStrangeDatabaseIsANameAndNothingElse(String name) {
        try (Source source = MysqlConnections.source(database, Map.of("database", name))) {
            assertThatThrownBy(source::tables).hasMessageContaining("Unknown database '" + name + "'");
        }
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefusedAndOneOfAKnownIsTrusted() {
        Map<String, String> full = Map.of("host", "localhost", "tls", "verify-full");
        String authority = TestMariaDb.shared().certificates().authority().toString();
        try (Source known = MysqlConnections.source(
                database, Map.of("host", "localhost", "tls", "verify-full", "tls_root_certificate", authority))) {
            assertThat(known.tables()).isEmpty();
        }
        try (Source wrongName = MysqlConnections.source(
                database, Map.of("host", "127.0.0.1", "tls", "verify-full", "tls_root_certificate", authority))) {
            assertThatThrownBy(wrongName::tables)
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
        }
        try (Source unknown = MysqlConnections.source(database, full)) {
            // MariaDB proves with the password itself whose certificate it is, where the password is never sent
            assertThat(unknown.tables()).isEmpty();
        }
        try (Source any = MysqlConnections.source(database, Map.of("tls", "require"))) {
            assertThat(any.tables()).isEmpty();
        }
    }

    @Test
    void failuresHaveTheirKind() {
        assertKind(Map.of("port", "1"), FailureKind.SOURCE_UNREACHABLE, "Cannot connect at 127.0.0.1:1/");
        assertKind(Map.of("user", "nobody"), FailureKind.PROJECT, "Access denied for user 'nobody'");
        assertKind(Map.of("database", "nothing"), FailureKind.PROJECT, "Unknown database 'nothing'");
        try (Source source = MysqlConnections.source(database)) {
            assertThatThrownBy(() -> source.observe(MysqlReadings.query("SELECT x FROM nothing"), null))
                    .hasMessage("Cannot look at the query: Table '" + database.name() + ".nothing' doesn't exist");
            assertThatThrownBy(() -> source.observe(MysqlReadings.query("SELECT 1 AS v; DROP TABLE t"), null))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.PROJECT));
        }
    }

    private void assertKind(Map<String, String> settings, FailureKind kind, String message) {
        try (Source source = MysqlConnections.source(database, settings)) {
            assertThatThrownBy(source::tables)
                    .hasMessageContaining(message)
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(kind));
        }
    }
}
