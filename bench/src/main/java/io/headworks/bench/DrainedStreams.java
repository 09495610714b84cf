package io.headworks.bench;

import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.SocketFactory;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * The cheapest reading there can be: the driver logs in and starts a COPY, and then the bytes are taken off its socket
 * and dropped until the server is ready for another statement.
 */
final class DrainedStreams {
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
    private static final ThreadLocal<Socket> MADE = new ThreadLocal<>();

    private final TestDatabase database;

    DrainedStreams(TestDatabase database) {
        this.database = database;
    }

    /** Two halves of a table, side by side. */
    void run(String table) throws IOException, SQLException {
        run(table, "*");
    }

    /** @param columns a select list */
    void run(String table, String columns) throws IOException, SQLException {
        String pages = database.texts("SELECT pg_relation_size('" + table + "') / 8192 / 2")
                .get(0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> halves = new ArrayList<>();
            for (String condition : List.of("ctid < '(" + pages + ",0)'", "ctid >= '(" + pages + ",0)'")) {
                String copy = "COPY (SELECT " + columns + " FROM " + table + " WHERE " + condition
                        + "::tid) TO STDOUT (FORMAT binary)";
                halves.add(threads.submit(() -> {
                    drain(copy);
                    return null;
                }));
            }
            for (Future<?> half : halves) {
                half.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("Cannot drain " + table, failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdown();
        }
    }

    private void drain(String copy) throws IOException, SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("socketFactory", KeptSockets.class.getName());
        Connection connection = new Driver().connect(database.url(), properties);
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        try (Socket socket = MADE.get()) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 17];
            byte[] tail = new byte[READY.length];
            while (!java.util.Arrays.equals(tail, READY)) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw new IOException("the server went away");
                }
                keepTail(tail, buffer, read);
            }
        }
    }

    private static void keepTail(byte[] tail, byte[] buffer, int read) {
        int kept = Math.max(0, tail.length - read);
        System.arraycopy(tail, tail.length - kept, tail, 0, kept);
        System.arraycopy(buffer, Math.max(0, read - tail.length), tail, kept, tail.length - kept);
    }

    /** Lets the thread that connects have the socket as well. Made by the driver, by name. */
    public static final class KeptSockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            MADE.set(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
