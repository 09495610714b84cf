package io.headworks.duckdb.source;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.target.DuckDbTarget;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code type: duckdb}, one file. */
public final class DuckDbConnector implements Connector {
    private static final ConnectionType TYPE = new ConnectionType(
            "duckdb",
            List.of(),
            "A DuckDB file, as source and as target; one process at a time has it",
            List.of(new Setting(
                    "path",
                    Setting.Kind.PATH,
                    true,
                    null,
                    List.of(),
                    "The file; made by the first load when it does not exist",
                    "warehouse.duckdb")));

    @Override
    public ConnectionType type() {
        return TYPE;
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new DuckDbSource(
                session(connection, engine),
                connection.path("path"),
                connection.name(),
                "duckdb:" + connection.place("path"),
                Clock.systemUTC()));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.of(DuckDbTarget.open(session(connection, engine), connection.path("path"), connection.name()));
    }

    private static DuckDbSession session(Connection connection, EngineSession engine) {
        if (engine instanceof DuckDbSession session) {
            return session;
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot open " + connection + ": only the embedded engine reads DuckDB files");
    }

    @Override
    public boolean isSingleWriter() {
        return true;
    }

    @Override
    public boolean readsEngineSql() {
        return true;
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isTarget() {
        return true;
    }
}
