package io.headworks.core.service;

import io.headworks.api.connection.Connector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.StateSpec;
import io.headworks.core.spec.loading.StateSpecs;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a project's state is: in a file of its workspace, unless headworks.yml names a server. Asked for when needed. */
public final class ProjectState {
    private final Setup setup;
    private final Path folder;
    private final Consumer<Set<String>> masked;
    private @Nullable StateHome home;

    /** @param folder the project's, whose secrets are masked already */
    public ProjectState(Setup setup, Path folder) {
        this(setup, folder, sensitive -> {});
    }

    /** @param masked gets the texts that must be masked, before anything can fail that they are part of */
    public ProjectState(Setup setup, Path folder, Consumer<Set<String>> masked) {
        this.setup = setup;
        this.folder = folder;
        this.masked = masked;
    }

    /** @throws HeadworksException of kind PROJECT when headworks.yml says something that cannot be used */
    public synchronized StateHome home() {
        StateHome found = home;
        if (found == null) {
            Optional<StateSpec> spec = new StateSpecs(setup.connectors().all()).read(folder);
            spec.map(StateSpec::sensitive).ifPresent(masked);
            found = spec.map(this::server)
                    .orElseGet(() -> new StateFile(Workspace.of(folder).state()));
            home = found;
        }
        return found;
    }

    private StateHome server(StateSpec spec) {
        Connector connector = setup.connectors().of(spec.connection());
        return connector
                .stateHome(spec.connection(), spec.project())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot keep the state in " + spec.connection().type() + ": this type cannot do that"));
    }

    /** False while nothing was ever kept in a file. */
    public boolean isThere() {
        return !(home() instanceof StateFile state) || Files.exists(state.file());
    }

    /** Closed by the caller. */
    public StateDatabase open() {
        return StateDatabase.open(home());
    }
}
