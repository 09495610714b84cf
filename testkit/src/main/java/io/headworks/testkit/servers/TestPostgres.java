package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** A PostgreSQL server on the loopback address, with passwords, TLS on offer, and logical decoding. */
public final class TestPostgres implements AutoCloseable {
    /** The version of the artifact in the pom. */
    private static final String VERSION = "18.6.0";

    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable TestPostgres shared;

    private final Path folder;
    private final Path programs;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final List<String> settings;
    private final TestCertificates certificates;
    private @Nullable WatchedServer server;

    private TestPostgres(List<String> settings) throws IOException {
        this.programs = programs();
        this.folder = ServerFiles.workFolder("postgres");
        this.port = FreePort.find();
        this.settings = settings;
        this.certificates = TestCertificates.in(Files.createDirectory(folder.resolve("tls")));
        initialise();
        launch();
    }

    /** The server of this JVM, started at the first call and stopped with the JVM. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * A server of its own, for tests that stop it.
     *
     * @param settings {@code name=value} each
     */
    public static TestPostgres start(String... settings) {
        try {
            return new TestPostgres(List.of(settings));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start PostgreSQL", failed);
        }
    }

    private static Path programs() {
        return ServerFiles.unpacked("postgres-" + VERSION, "", () -> {
            InputStream archive = TestPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz");
            if (archive == null) {
                throw new IOException("no archive of PostgreSQL for Linux on amd64 is on the class path");
            }
            return new TarArchiveInputStream(new XZInputStream(archive));
        });
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialise() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), password);
        Command.run(Command.unprivileged(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync")));
        place(certificates.certificate(), "server.crt");
        place(certificates.key(), "server.key");
    }

    /** Written by the server's own user: it refuses a key that others own. */
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
                programs.resolve("bin/postgres").toString(), "-D", data().toString(), "-p", Integer.toString(port)));
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
        WatchedServer started = WatchedServer.start(folder, "QUIT", Command.unprivileged(command));
        server = started;
        Answer.await("PostgreSQL", started, () -> administrator().tryRun("SELECT 1"));
    }

    private TestDatabase administrator() {
        return database("postgres", "postgres", () -> {});
    }

    private TestDatabase database(String name, String encoded, Runnable drop) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + encoded + "?sslmode=disable";
        return new TestDatabase("127.0.0.1", port, name, USER, password, url, drop);
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
        return newDatabase("test_" + DATABASES.incrementAndGet());
    }

    public TestDatabase newDatabase(String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        run("CREATE DATABASE " + quoted);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return database(name, encoded, () -> run("DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)"));
    }

    /** Statements for the whole server, such as CREATE ROLE. */
    public void run(String... statements) {
        administrator().run(statements);
    }

    /** Ends every connection and process of the server at once, as a crash does; its data stays. */
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
            throw new IllegalStateException("PostgreSQL is stopped");
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
