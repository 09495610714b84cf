package io.headworks.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateRenewal;
import io.headworks.core.state.StateSetup;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import io.headworks.testkit.state.StateContract;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The state in a schema of a PostgreSQL server. */
class PostgresStateTest extends StateContract {
    private final TestDatabase database = TestPostgres.shared().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    protected StateHome home() {
        return PostgresHomes.of(database, Map.of());
    }

    @Override
    protected StateHome anotherHome() {
        return PostgresHomes.of(database, Map.of("schema", "Another \"one\""));
    }

    @Override
    protected Rebuilt rebuild(RebuiltContent content, String mark) {
        return new StateRenewal(home()).from(content, mark);
    }

    @Nested
    class Owners {
        @Test
        void ofOtherProjectsAreRefused() {
            String other = UUID.randomUUID().toString();

            assertThatThrownBy(() -> StateDatabase.open(PostgresHomes.of(database, other, Map.of())))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("it is that of project " + PostgresHomes.PROJECT + " (allowed: " + other)
                    .extracting("kind")
                    .isEqualTo(FailureKind.PROJECT);
            assertThatThrownBy(() -> new StateRenewal(PostgresHomes.of(database, other, Map.of()))
                            .from(new RebuiltContent(List.of(), folder), "x"))
                    .as("nor is it put aside")
                    .hasMessageContaining("it is that of project");
        }
    }

    @Nested
    class Rights {
        private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);
        private final StateHome limited =
                PostgresHomes.of(database, Map.of("user", user, "password", "of-the-user", "schema", "limited"));

        @Test
        void areNotNeededWhereAnOwnerRanThePrintedStatements() {
            TestPostgres.shared().run("CREATE ROLE " + user + " LOGIN PASSWORD 'of-the-user'");
            assertThatThrownBy(() -> StateDatabase.open(limited))
                    .hasMessageContaining("as " + user + ": ")
                    .hasMessageContaining("permission denied")
                    .extracting("hint")
                    .asString()
                    .contains("hw state setup --print-sql");

            database.run(StateSetup.statements(limited).toArray(String[]::new));
            try (StateDatabase state = StateDatabase.open(limited)) {
                store(state).planned("r", "{}");
                assertThat(new RunHistory(state).plan("r")).contains("{}");
            }
            new StateRenewal(limited).from(new RebuiltContent(List.of(), folder), "x");
        }
    }

    @Nested
    class Trust {
        @Test
        void needsACertificateForTheHostsName() {
            String authority = TestPostgres.shared().certificates().authority().toString();
            Map<String, String> verified = Map.of("tls", "verify-full", "tls_root_certificate", authority);

            assertThatThrownBy(() -> StateDatabase.open(PostgresHomes.of(database, verified)))
                    .hasMessageContaining("Cannot use the state at 127.0.0.1");
            try (StateDatabase state = StateDatabase.open(PostgresHomes.of(
                    database, Map.of("tls", "verify-full", "tls_root_certificate", authority, "host", "localhost")))) {
                state.requireSound();
            }
        }
    }
}
