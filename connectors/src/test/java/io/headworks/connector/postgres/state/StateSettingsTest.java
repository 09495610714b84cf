package io.headworks.connector.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Setting;
import io.headworks.connector.server.TlsMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateSettingsTest {

    private static Connection connection(String... more) {
        Map<String, String> settings = new LinkedHashMap<>(
                Map.of("host", "db.internal", "port", "5432", "database", "ops", "user", "headworks"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new Connection("state", "postgresql", Path.of("/project"), settings, Map.of());
    }

    @Test
    void serversElsewhereAreVerified() {
        assertThat(StateSettings.of(connection()).server().tls()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(StateSettings.of(connection("host", "localhost")).server().tls())
                .isEqualTo(TlsMode.DISABLE);
    }

    @Test
    void aSchemaOfItsOwnIsUsualAndSilenceIsShort() {
        assertThat(StateSettings.schema(connection())).isEqualTo("headworks_state");
        assertThat(StateSettings.schema(connection("schema", "a"))).isEqualTo("a");
        assertThat(StateSettings.of(connection("schema", "a")).schema())
                .as("which may not exist yet when a session opens")
                .isNull();
        assertThat(StateSettings.of(connection()).server().readTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void keysAreThoseOfAConnection() {
        assertThat(StateSettings.type().settings())
                .extracting(Setting::key)
                .isEqualTo(List.of(
                        "host",
                        "port",
                        "database",
                        "user",
                        "password",
                        "tls",
                        "tls_root_certificate",
                        "connect_timeout",
                        "schema"));
    }
}
