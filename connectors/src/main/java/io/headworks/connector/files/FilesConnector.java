package io.headworks.connector.files;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code type: files}, a folder. */
public final class FilesConnector implements Connector {
    private static final ConnectionType TYPE = new ConnectionType(
            "files",
            List.of(),
            "A folder of CSV, TSV, JSON, NDJSON and Parquet files, plain or packed with gzip or zstd",
            List.of(new Setting(
                    "path",
                    Setting.Kind.PATH,
                    true,
                    null,
                    List.of(),
                    "The folder below which paths are looked up; nothing outside it is read",
                    "data")));

    private final Clock clock;

    /** For the service loader. */
    public FilesConnector() {
        this(Clock.systemUTC());
    }

    public FilesConnector(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ConnectionType type() {
        return TYPE;
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        String identity = "files:" + connection.place("path");
        return Optional.of(new FilesSource(connection.path("path"), identity, clock, engine));
    }

    @Override
    public boolean listsFiles() {
        return true;
    }

    @Override
    public Optional<List<FileStamp>> files(Connection connection, Extract extract) {
        return Optional.of(FilesSource.present(connection.path("path"), extract, clock.instant()));
    }

    @Override
    public boolean readsEngineSql() {
        return true;
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
