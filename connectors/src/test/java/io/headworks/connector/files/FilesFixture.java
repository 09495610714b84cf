package io.headworks.connector.files;

import io.headworks.api.connection.Connection;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.Source;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder of files, opened as a source over a real engine. */
final class FilesFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    private final Path folder;
    private final Path data;
    private final Engine engine;
    final EngineSession session;
    final Source source;

    FilesFixture(Path folder) throws IOException {
        this.folder = folder;
        data = Files.createDirectories(folder.resolve("data"));
        Path staging = Files.createDirectories(folder.resolve("staging"));
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("spill"));
        session = engine.session("01", staging, new Cancellation());
        source = open(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    Source open(Clock clock) {
        Connection connection = new Connection("landing", "files", folder, Map.of("path", "data"), Map.of());
        return new FilesConnector(clock).openSource(connection, session).orElseThrow();
    }

    Path data() {
        return data;
    }

    FilesFixture write(String path, String... lines) throws IOException {
        return write(path, StandardCharsets.UTF_8, String.join("\n", lines) + "\n");
    }

    FilesFixture write(String path, Charset charset, String text) throws IOException {
        return write(path, text.getBytes(charset));
    }

    FilesFixture write(String path, byte[] bytes) throws IOException {
        Path file = data.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return this;
    }

    /** @param columns names, or {@code name:type} */
    static Extract extract(String path, FileReading reading, String... columns) {
        List<ColumnChoice> choices = new ArrayList<>();
        for (String column : columns) {
            int colon = column.indexOf(':');
            choices.add(
                    colon < 0
                            ? new ColumnChoice(column, null)
                            : new ColumnChoice(
                                    column.substring(0, colon),
                                    DataType.parse(column.substring(colon + 1)).orElseThrow()));
        }
        return new Extract(new Extract.Reading.Files(path), choices, null, null, reading);
    }

    @Override
    public void close() {
        source.close();
        session.close();
        engine.close();
    }
}
