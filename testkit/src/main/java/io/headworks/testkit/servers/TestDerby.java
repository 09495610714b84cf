package io.headworks.testkit.servers;

import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.derby.drda.NetworkServerControl;
import org.jspecify.annotations.Nullable;

/** An Apache Derby server in this process, with databases in memory; one for all tests of a process. */
public final class TestDerby {
    private static final String USER = "loader";
    private static final String PASSWORD = "pass word;x=1";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable TestDerby shared;

    private final int port = FreePort.find();

    private TestDerby() {}

    /** The driver's jars, as a user would download them. */
    public static List<Path> driver() {
        return List.of(
                JarOf.type("org.apache.derby.client.ClientAutoloadedDriver"),
                JarOf.type("org.apache.derby.shared.common.error.StandardException"));
    }

    public static synchronized TestDerby shared() {
        if (shared == null) {
            TestDerby derby = new TestDerby();
            derby.start();
            shared = derby;
        }
        return shared;
    }

    private void start() {
        System.setProperty("derby.stream.error.field", TestDerby.class.getName() + ".NOWHERE");
        try {
            NetworkServerControl server = new NetworkServerControl(InetAddress.getLoopbackAddress(), port);
            server.start(new PrintWriter(Writer.nullWriter()));
            awaitAnswer(server);
        } catch (Exception failed) {
            throw new IllegalStateException("Cannot start Derby: " + failed.getMessage(), failed);
        }
    }

    private static void awaitAnswer(NetworkServerControl server) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                server.ping();
                return;
            } catch (Exception notYet) {
                if (attempt == 200) {
                    throw notYet;
                }
                Thread.sleep(25);
            }
        }
    }

    /** Where Derby would write {@code derby.log}. */
    public static final Writer NOWHERE = Writer.nullWriter();

    /** A new, empty database. */
    public TestDatabase newDatabase() {
        String name = "memory:db" + DATABASES.incrementAndGet();
        String url = "jdbc:derby://127.0.0.1:" + port + "/" + name;
        TestDatabase database = new TestDatabase("127.0.0.1", port, name, USER, PASSWORD, url, () -> drop(url));
        try {
            DriverManager.getConnection(url + ";create=true", USER, PASSWORD).close();
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot make a Derby database: " + failed.getMessage(), failed);
        }
        return database;
    }

    /** Derby says by an error that it is done. */
    private static void drop(String url) {
        try {
            DriverManager.getConnection(url + ";drop=true", USER, PASSWORD).close();
        } catch (SQLException dropped) {
            if (!"08006".equals(dropped.getSQLState())) {
                throw new IllegalStateException("Cannot drop a Derby database: " + dropped.getMessage(), dropped);
            }
        }
    }
}
