package io.headworks.connector.mysql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A server that greets as MariaDB does, lets everybody in, and answers each query by asking for a file of the client. */
final class RogueServer implements AutoCloseable {
    private static final int QUERY = 3;
    private static final int LOCAL_FILES = 0x80;
    private static final int CAPABILITIES = 0x00_8f_ff_ff;

    private final ServerSocket socket;
    private final Path wanted;
    private final Thread thread;
    private final AtomicReference<String> received = new AtomicReference<>("");
    private volatile boolean asked;
    private volatile boolean offered;

    RogueServer(Path wanted) throws IOException {
        this.wanted = wanted;
        this.socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::serve, "rogue-server");
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    boolean asked() {
        return asked;
    }

    /** True when the client said that it gives files. */
    boolean offered() {
        return offered;
    }

    /** Everything the client sent after it was asked. */
    String received() {
        return received.get();
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            send(out, 0, greeting());
            byte[] answer = packet(in);
            offered = answer != null && (answer[0] & LOCAL_FILES) != 0;
            send(out, 2, new byte[] {0, 0, 0, 2, 0, 0, 0});
            for (byte[] packet = packet(in); packet != null; packet = packet(in)) {
                if (asked) {
                    received.accumulateAndGet(new String(packet, StandardCharsets.ISO_8859_1), String::concat);
                } else if (packet.length > 0 && packet[0] == QUERY) {
                    asked = true;
                    byte[] name = wanted.toString().getBytes(StandardCharsets.UTF_8);
                    byte[] request = new byte[name.length + 1];
                    request[0] = (byte) 0xfb;
                    System.arraycopy(name, 0, request, 1, name.length);
                    send(out, 1, request);
                }
            }
        } catch (IOException gone) {
            received.accumulateAndGet("", String::concat);
        }
    }

    private static byte @Nullable [] packet(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first | in.read() << 8 | in.read() << 16;
        in.read();
        return in.readNBytes(length);
    }

    private static void send(OutputStream out, int number, byte[] body) throws IOException {
        out.write(new byte[] {(byte) body.length, (byte) (body.length >> 8), 0, (byte) number});
        out.write(body);
        out.flush();
    }

    private static byte[] greeting() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(10);
        out.write("8.0.36\0".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {1, 0, 0, 0});
        out.write("12345678\0".getBytes(StandardCharsets.US_ASCII));
        out.write(CAPABILITIES);
        out.write(CAPABILITIES >> 8);
        out.write(45);
        out.write(new byte[] {2, 0});
        out.write(CAPABILITIES >> 16);
        out.write(CAPABILITIES >> 24);
        out.write(21);
        out.write(new byte[10]);
        out.write("123456789012\0".getBytes(StandardCharsets.US_ASCII));
        out.write("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        thread.join();
    }
}
