package io.headworks.cli.crash;

import io.headworks.api.connection.Connection;
import io.headworks.api.secret.Secret;
import io.headworks.core.run.Workspace;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A combination's project in a folder.
 *
 * @param database its own where the target is a server; null where the target is in the folder
 */
record CrashProject(
        Combination combination, Path folder, @Nullable TestDatabase database) implements AutoCloseable {
    private static final CopyOption[] AS_IT_IS = {StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS};

    static CrashProject make(Combination combination, Path folder) throws IOException {
        boolean server = ServerDatabases.has(combination.target());
        TestDatabase database =
                server ? ServerDatabases.of(combination.target()).make() : null;
        CrashProject project = new CrashProject(combination, folder, database);
        combination.write(folder);
        project.connect();
        return project;
    }

    /** Links of the folder stay links; its hard links become files of their own. */
    CrashProject copyTo(Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(folder.relativize(path)), AS_IT_IS);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
        TestDatabase own = database == null
                ? null
                : ServerDatabases.of(combination.target()).copy(database);
        CrashProject copy = new CrashProject(combination, to, own);
        copy.connect();
        return copy;
    }

    private void connect() throws IOException {
        if (database != null) {
            combination.writeHead(
                    folder,
                    "host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\""
                            .formatted(database.port(), database.name(), database.user()));
            Files.writeString(folder.resolve("password"), database.password());
        }
    }

    /** Its database; there is none where the target is in the folder. */
    TestDatabase server() {
        return Objects.requireNonNull(database);
    }

    Connection target() {
        return database == null
                ? new Connection("store", combination.target(), folder, Map.of("path", combination.path()), Map.of())
                : new Connection(
                        "store",
                        combination.target(),
                        folder,
                        Map.of(
                                "host",
                                database.host(),
                                "port",
                                Integer.toString(database.port()),
                                "database",
                                database.name(),
                                "user",
                                database.user()),
                        Map.of("password", new Secret(database.password())));
    }

    /** Names of all that the target holds, and what still works in it. */
    List<String> objects() {
        if (database == null) {
            return Leftovers.objects(folder.resolve(combination.path()), combination.target());
        }
        ServerDatabases server = ServerDatabases.of(combination.target());
        try {
            return Stream.concat(
                            server.objects(database).stream(),
                            server.sessions(database).stream().map(query -> "session " + query))
                    .toList();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        Workspace.removeFolder(folder);
        if (database != null) {
            database.close();
        }
    }
}
