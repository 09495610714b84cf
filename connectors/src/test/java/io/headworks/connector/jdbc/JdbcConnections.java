package io.headworks.connector.jdbc;

import io.headworks.api.connection.Connection;
import io.headworks.api.secret.Secret;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Connections to test databases, as a project would write them. */
final class JdbcConnections {
    private JdbcConnections() {}

    static JdbcSettings settings(TestEngine engine, TestDatabase database, Path folder) {
        return JdbcSettings.of(connection(engine, database, folder, Map.of()));
    }

    static Connection connection(TestEngine engine, TestDatabase database, Path folder, Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "dialect", engine.dialect().key(),
                "driver", folder(engine.driver(), folder.resolve(engine.name())).toString(),
                "driver_sha256",
                        engine.driver().stream().map(JdbcConnections::sha256).collect(Collectors.joining(" ")),
                "host", database.host(),
                "port", Integer.toString(database.port()),
                "database", database.name(),
                "user", database.user()));
        settings.putAll(others);
        return new Connection(
                "erp", "jdbc", Path.of("."), settings, Map.of("password", new Secret(database.password())));
    }

    private static Path folder(List<Path> jars, Path folder) {
        try {
            Path drivers = Files.createDirectories(folder.resolve("drivers"));
            for (Path jar : jars) {
                Path copy = drivers.resolve(jar.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(jar, copy);
                }
            }
            return drivers.toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String sha256(Path jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
