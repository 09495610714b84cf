package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A PostgreSQL server on the loopback address, with passwords, TLS on offer, and logical decoding. */
public final class TestPostgres implements AutoCloseable {
    /** Archives on the class path: where each major version's lies, by the versions in the pom. */
    private static final Map<String, Archive> ARCHIVES = Map.of(
            "13", new Archive("13.23.0", "/postgres-13"),
            "16", new Archive("16.11.0", "/postgres-16"),
            "18", new Archive("18.6.0", ""));

    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, TestPostgres> SHARED = new LinkedHashMap<>();

    private final Path programs;
    private final ServerProcess server = new ServerProcess("PostgreSQL", "QUIT");
    private final String password = UUID.randomUUID().toString();
    private final List<String> settings;

    private TestPostgres(String major, List<String> settings) throws IOException {
        this.programs = programs(major);
        this.settings = settings;
        initialise();
        launch();
    }

    private record Archive(String version, String folder) {}

    /**
     * The server of this JVM, started at the first call and stopped with the JVM; of the major version in the system
     * property {@code headworks.postgres}, by default the newest.
     */
    public static TestPostgres shared() {
        return shared(System.getProperty("headworks.postgres", "18"));
    }

    /** The server of this JVM of one major version. */
    public static synchronized TestPostgres shared(String major) {
        return SHARED.computeIfAbsent(major, version -> start(version, List.of()));
    }

    /**
     * A server of its own, for tests that stop it; of the newest version.
     *
     * @param settings {@code name=value} each
     */
    public static TestPostgres start(String... settings) {
        return start("18", List.of(settings));
    }

    private static TestPostgres start(String major, List<String> settings) {
        try {
            return new TestPostgres(major, settings);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start PostgreSQL " + major, failed);
        }
    }

    private static Path programs(String major) {
        Archive archive = ARCHIVES.get(major);
        if (archive == null) {
            throw new IllegalArgumentException("Cannot start PostgreSQL " + major + ": there are 13, 16 and 18");
        }
        return ServerFiles.unpacked("postgres-" + archive.version(), "", () -> {
            InputStream packed =
                    TestPostgres.class.getResourceAsStream(archive.folder() + "/postgres-linux-x86_64.txz");
            if (packed == null) {
                throw new IOException("no archive of PostgreSQL " + major + " for Linux on amd64 is on the class path");
            }
            return new TarArchiveInputStream(new XZInputStream(packed));
        });
    }

    private void initialise() throws IOException {
        Path secret = Files.writeString(server.folder().resolve("password"), password);
        Command.run(Command.unprivileged(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + server.data(),
                "--username=" + USER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync")));
        server.place(certificates().certificate(), "server.crt");
        server.place(certificates().key(), "server.key");
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                server.data().toString(),
                "-p",
                Integer.toString(port())));
        List<String> all = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "ssl=on",
                "fsync=off",
                "full_page_writes=off",
                "wal_level=logical",
                "timezone=Asia/Kathmandu",
                "max_connections=60"));
        all.addAll(settings);
        for (String setting : all) {
            command.add("-c");
            command.add(setting);
        }
        server.launch(command, () -> administrator().tryRun("SELECT 1"));
    }

    private TestDatabase administrator() {
        return database("postgres", "postgres", () -> {});
    }

    private TestDatabase database(String name, String encoded, Runnable drop) {
        String url = "jdbc:postgresql://127.0.0.1:" + port() + "/" + encoded + "?sslmode=disable";
        return new TestDatabase("127.0.0.1", port(), name, USER, password, url, drop);
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
        return newDatabase("test_" + DATABASES.incrementAndGet());
    }

    public TestDatabase newDatabase(String name) {
        return newDatabase(name, "template1");
    }

    /** A new database with all that another holds; nobody may be at work in that one. */
    public TestDatabase copyOf(TestDatabase other) {
        return newDatabase("test_" + DATABASES.incrementAndGet(), other.name());
    }

    private TestDatabase newDatabase(String name, String template) {
        String quoted = quoted(name);
        run("CREATE DATABASE " + quoted + " TEMPLATE " + quoted(template));
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return database(name, encoded, () -> run("DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Statements for the whole server, such as CREATE ROLE. */
    public void run(String... statements) {
        administrator().run(statements);
    }

    /** Ends every connection and process of the server at once, as a crash does; its data stays. */
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
