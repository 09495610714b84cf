package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hsqldb.server.Server;

/** An HSQLDB server in this process for each database, which is in memory. */
public final class TestHsqldb {
    private static final String USER = "SA";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestHsqldb() {}

    /** The driver's jar, as a user would download it. */
    public static List<Path> driver() {
        return List.of(JarOf.type("org.hsqldb.jdbc.JDBCDriver"));
    }

    /** A new, empty database on a server of its own. */
    public static TestDatabase newDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        int port = FreePort.find();
        Server server = new Server();
        server.setLogWriter(new PrintWriter(Writer.nullWriter()));
        server.setErrWriter(new PrintWriter(System.err, true)); // why a session broke off
        server.setNoSystemExit(true);
        server.setAddress("127.0.0.1");
        server.setPort(port);
        server.setDatabaseName(0, name);
        server.setDatabasePath(0, "mem:" + name);
        server.start();
        String url = "jdbc:hsqldb:hsql://127.0.0.1:" + port + "/" + name;
        TestDatabase database = new TestDatabase("127.0.0.1", port, name, USER, "", url, server::shutdown);
        database.run("SET TIME ZONE INTERVAL '0:00' HOUR TO MINUTE");
        return database;
    }

    /** A server that speaks nothing but TLS, as a process of its own; its certificate is for {@code localhost}. */
    public record Encrypted(String name, int port, TestCertificates certificates, Runnable stop)
            implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    /** Starts one with an empty database. */
    public static Encrypted startEncrypted() {
        ServerProcess server = new ServerProcess("hsqldb", "KILL");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.keyStore="
                        + readable(server, server.certificates().serverStore()),
                "-Djavax.net.ssl.keyStorePassword=" + TestCertificates.PASSWORD,
                "-cp",
                readable(server, driver().get(0)).toString(),
                "org.hsqldb.server.Server",
                "--database.0",
                "mem:secure",
                "--dbname.0",
                "secure",
                "--address",
                "127.0.0.1",
                "--port",
                Integer.toString(server.port()),
                "--tls",
                "true");
        server.launch(command, () -> {
            try {
                new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
            } catch (IOException notYet) {
                throw new SQLException(notYet);
            }
        });
        return new Encrypted("secure", server.port(), server.certificates(), server::close);
    }

    /** A copy: the server runs as another user where this process is root. */
    private static Path readable(ServerProcess server, Path file) {
        try {
            Path copy = Files.copy(file, server.folder().resolve(file.getFileName()));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            return copy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
