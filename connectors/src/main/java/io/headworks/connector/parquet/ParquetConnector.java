package io.headworks.connector.parquet;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.rewrite.FileEngine;
import io.headworks.api.target.Target;
import io.headworks.connector.parquet.CleanUp.Keep;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Connection type {@code parquet}: tables as folders of Parquet files. */
public final class ParquetConnector implements Connector {
    private static final String PATH = "path";
    private static final String KEEP_VERSIONS = "keep_versions";
    private static final String KEEP_FOR = "keep_for";
    private static final String DEFAULT_VERSIONS = "10";
    private static final String DEFAULT_TIME = "1h";

    @Override
    public ConnectionType type() {
        return new ConnectionType(
                "parquet",
                List.of(),
                "A folder of Parquet files, a table each; every load publishes a new version of its table at once.",
                List.of(
                        new Setting(
                                PATH,
                                Setting.Kind.PATH,
                                true,
                                null,
                                List.of(),
                                "The folder. The versions are kept beside it, in .NAME.headworks.",
                                "lake"),
                        new Setting(
                                KEEP_VERSIONS,
                                Setting.Kind.INTEGER,
                                false,
                                DEFAULT_VERSIONS,
                                List.of(),
                                "How many versions of a table stay in any case.",
                                "10"),
                        new Setting(
                                KEEP_FOR,
                                Setting.Kind.DURATION,
                                false,
                                DEFAULT_TIME,
                                List.of(),
                                "How long a version stays after it was replaced, so that its readers can finish.",
                                "1h")));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        ParquetFolder folder = ParquetFolder.at(connection.path(PATH));
        if (engine instanceof FileEngine files) {
            return Optional.of(new ParquetTarget(folder, files, keep(connection)));
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot load into " + connection + ": this engine does not write Parquet files");
    }

    private static Keep keep(Connection connection) {
        String versions = Objects.requireNonNullElse(connection.setting(KEEP_VERSIONS), DEFAULT_VERSIONS);
        String time = Objects.requireNonNullElse(connection.setting(KEEP_FOR), DEFAULT_TIME);
        return new Keep(Integer.parseInt(versions), duration(time));
    }

    /** A checked duration, as {@code 90s}, {@code 15m}, {@code 1h} or {@code 7d}. */
    private static Duration duration(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default ->
                throw new IllegalArgumentException("Cannot read duration '" + text + "' (allowed: 90s, 15m, 1h, 7d)");
        };
    }

    @Override
    public boolean isSingleWriter() {
        return true;
    }

    @Override
    public boolean isTarget() {
        return true;
    }
}
