package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.core.spec.StateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSpecsTest {
    private static final String PROJECT = "project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}\n";
    private static final String SERVER = "state: {type: server, host: db.internal, password: \"${env:SECRET}\"}\n";

    /** Keeps states. */
    private static final class Server implements Connector {
        @Override
        public ConnectionType type() {
            return new ConnectionType("server", List.of(), "A server.", List.of());
        }

        @Override
        public Optional<ConnectionType> stateType() {
            return Optional.of(new ConnectionType(
                    "server",
                    List.of(),
                    "The state on a server.",
                    List.of(
                            new Setting("host", Setting.Kind.TEXT, true, null, List.of(), "The host.", "h"),
                            new Setting("password", Setting.Kind.SECRET, false, null, List.of(), "Secret.", "p"))));
        }
    }

    @TempDir
    Path folder;

    private Optional<StateSpec> read(String text) throws IOException {
        Files.writeString(folder.resolve("headworks.yml"), text);
        return new StateSpecs(List.of(new Server()), Map.of("SECRET", "hunter22")::get).read(folder);
    }

    @Test
    void whatSaysNothingIsAFile() throws IOException {
        assertThat(new StateSpecs(List.of(new Server())).read(folder)).isEmpty();
        assertThat(read(PROJECT)).isEmpty();
        assertThat(read(PROJECT + "external: [ref.states]\n")).isEmpty();
        assertThat(read("project: [broken\n")).as("it is not even parsed").isEmpty();
    }

    @Test
    void aServerIsReadFromAnyDocumentWithItsSecrets() throws IOException {
        StateSpec spec = read(PROJECT + "---\n" + SERVER).orElseThrow();

        assertThat(spec.connection().setting("host")).isEqualTo("db.internal");
        assertThat(spec.project()).isEqualTo("0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10");
        assertThat(spec.sensitive()).contains("hunter22");
        assertThat(spec.toString()).doesNotContain("hunter22");
    }

    @Test
    void whatMayBeFurtherDownIsNotGuessed() {
        assertThatThrownBy(() -> read(PROJECT + "variables: [broken\n" + SERVER))
                .hasMessageContaining("Cannot tell where the state is: headworks.yml:");
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> read(PROJECT + "state: {type: sever, host: h}\n"))
                .hasMessageContaining("'sever' is not known (allowed: server)");
        assertThatThrownBy(() -> read(PROJECT + "state: {type: server}\n")).hasMessageContaining("host");
        assertThatThrownBy(() -> read(PROJECT + SERVER.replace("SECRET", "NOBODY_SET_THIS")))
                .hasMessageContaining("environment variable NOBODY_SET_THIS is not set");
        assertThatThrownBy(() -> read(SERVER)).hasMessageContaining("key 'project' is missing");
    }
}
