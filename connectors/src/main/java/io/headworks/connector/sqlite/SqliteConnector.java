package io.headworks.connector.sqlite;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.connector.relational.RelationalTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Connection type {@code sqlite}: a SQLite file. */
public final class SqliteConnector implements Connector {
    private static final String PATH = "path";
    private static final List<String> LIMITS = List.of(
            "Decimals are kept as text with all digits: SQLite's own SQL compares and adds them only after a cast, as"
                    + " doubles.",
            "Other writers of the file wait while the load's transaction is open; readers see the old rows until it"
                    + " commits.");

    @Override
    public ConnectionType type() {
        return new ConnectionType(
                "sqlite",
                List.of(),
                "A SQLite file, as source and target.",
                List.of(new Setting(
                        PATH,
                        Setting.Kind.PATH,
                        true,
                        null,
                        List.of(),
                        "The file. As a target it is created where it is missing.",
                        "shop.db")));
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new SqliteSource(connection.path(PATH), "sqlite:" + connection.place(PATH)));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.of(target(connection.path(PATH), engine));
    }

    static Target target(Path file, EngineSession engine) {
        return new RelationalTarget(new TargetFile(file), engine, new SqliteSpelling(), LIMITS);
    }

    @Override
    public boolean isTarget() {
        return true;
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSingleWriter() {
        return true;
    }
}
