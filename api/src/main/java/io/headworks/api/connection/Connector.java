package io.headworks.api.connection;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Source;
import io.headworks.api.state.StateHome;
import io.headworks.api.target.Namespaces;
import io.headworks.api.target.Target;
import java.util.List;
import java.util.Optional;

/**
 * What a connector offers for one connection type. Implementations are cheap to construct: drivers and native libraries
 * load when something is opened.
 */
public interface Connector {
    ConnectionType type();

    /** Opens the connection to read from; empty when this type is no source. */
    default Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.empty();
    }

    /**
     * Opens the connection to write to; empty when this type is no target. What it holds (a file lock, a session) it
     * holds until closed.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind HELD when another process has the file
     */
    default Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.empty();
    }

    /** Databases of a run's own on the server of a connection; empty for types that make none. */
    default Optional<Namespaces> namespaces(Connection connection, String runId) {
        return Optional.empty();
    }

    /** The connection that leads into one of {@link #namespaces}, and nowhere else. */
    default Connection within(Connection connection, String namespace) {
        throw new IllegalArgumentException(
                "Cannot connect to " + namespace + ": " + connection + " has no databases of a run's own");
    }

    /** True where {@link #files} answers. */
    default boolean listsFiles() {
        return false;
    }

    /**
     * The files that an extract would choose from now, those left out that are not ready; neither opened nor read. Empty for
     * types that have no files.
     *
     * @throws io.headworks.api.failure.HeadworksException when the place is out of reach
     */
    default Optional<List<FileStamp>> files(Connection connection, Extract extract) {
        return Optional.empty();
    }

    /** True when runs into this connection must share one process and queue (a single-writer file). */
    default boolean isSingleWriter() {
        return false;
    }

    /** True when conditions and queries of this source are in the engine's dialect, so that they can be inspected. */
    default boolean readsEngineSql() {
        return false;
    }

    default boolean isSource() {
        return false;
    }

    default boolean isTarget() {
        return false;
    }

    /** What {@code state:} in headworks.yml takes of this type; empty when no project's state can be kept there. */
    default Optional<ConnectionType> stateType() {
        return Optional.empty();
    }

    /**
     * Where a project's state is kept; nothing is opened yet. Empty where {@link #stateType} is.
     *
     * @param project its UUID: the state of another one is refused
     */
    default Optional<StateHome> stateHome(Connection connection, String project) {
        return Optional.empty();
    }
}
