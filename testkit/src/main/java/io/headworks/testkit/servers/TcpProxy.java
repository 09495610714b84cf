package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server on the loopback address, counts what the server sends, and at a chosen byte of it
 * does something bad, once. Connections made after that pass untouched.
 */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean spent = new AtomicBoolean();
    private volatile Fault fault = Fault.NONE;
    private volatile long at = Long.MAX_VALUE;
    private volatile Request awaited = Request.NONE;
    private final AtomicInteger requests = new AtomicInteger();

    /** The n-th request that holds a text, n from 1. */
    private record Request(byte[] text, int number) {
        static final Request NONE = new Request(new byte[0], 0);
    }

    /** What happens. */
    public enum Fault {
        NONE,
        /** Every connection ends as if the machine had sent a reset. */
        RESET,
        /** Every connection ends as if the other side had closed it. */
        CLOSE,
        /** Bytes are no longer passed on, and nobody is told. */
        STALL
    }

    public TcpProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes that the server has sent through here, over all connections. */
    public long sent() {
        return sent.get();
    }

    /** Arms the proxy anew: counts from zero, and does this when the server has sent that many bytes. */
    public void arm(Fault what, long afterBytes) {
        sent.set(0);
        at = afterBytes;
        fault = what;
        awaited = Request.NONE;
        spent.set(false);
    }

    /**
     * Arms the proxy anew: the n-th request with this word reaches the server and is answered, but the answer reaches
     * nobody: every connection is reset instead.
     *
     * @param number from 1; 0 only counts such requests
     */
    public void loseAnswer(String request, int number) {
        arm(Fault.RESET, Long.MAX_VALUE);
        requests.set(0);
        awaited = new Request(request.getBytes(StandardCharsets.US_ASCII), number);
    }

    /** Requests with the word of {@link #loseAnswer} since then. */
    public int requests() {
        return requests.get();
    }

    /** True when the fault has happened. */
    public boolean hasStruck() {
        return spent.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                synchronized (sockets) {
                    sockets.add(client);
                    sockets.add(server);
                }
                AtomicBoolean unanswered = new AtomicBoolean();
                start(() -> pass(client, server, false, unanswered));
                start(() -> pass(server, client, true, unanswered));
            } catch (IOException ended) {
                // the listener was closed, or the server refuses: the client sees a connection that ends
                closeAll();
            }
        }
    }

    /** @param unanswered set when the server's next bytes are the answer that is to be lost */
    private void pass(Socket from, Socket to, boolean counted, AtomicBoolean unanswered) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!counted && isAwaited(buffer, read)) {
                    unanswered.set(true);
                }
                if (counted && unanswered.get()) {
                    strike();
                    return;
                }
                int passed = counted ? allowed(read) : read;
                out.write(buffer, 0, passed);
                if (passed < read && strike()) {
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException ended) {
            close(from);
            close(to);
        }
    }

    private boolean isAwaited(byte[] buffer, int read) {
        Request request = awaited;
        boolean holds = false;
        for (int i = 0; request.text.length > 0 && i + request.text.length <= read && !holds; i++) {
            int end = i + request.text.length;
            holds = Arrays.equals(buffer, i, end, request.text, 0, request.text.length)
                    && (end == read || !Character.isLetter(buffer[end]));
        }
        return holds && requests.incrementAndGet() == request.number;
    }

    private int allowed(int read) {
        long before = sent.getAndAdd(read);
        boolean armed = fault != Fault.NONE && !spent.get();
        return armed && before + read > at ? (int) Math.max(0, at - before) : read;
    }

    /** True when the connection's bytes are to go nowhere from now on. */
    private boolean strike() throws IOException {
        if (!spent.compareAndSet(false, true) && fault != Fault.STALL) {
            return false;
        }
        if (fault == Fault.RESET) {
            synchronized (sockets) {
                for (Socket socket : sockets) {
                    if (!socket.isClosed()) {
                        socket.setSoLinger(true, 0);
                    }
                }
            }
        }
        if (fault != Fault.STALL) {
            closeAll();
        }
        return true;
    }

    /** Ends every connection now, at both sides. */
    public void cut() {
        closeAll();
    }

    private void closeAll() {
        synchronized (sockets) {
            sockets.forEach(TcpProxy::close);
            sockets.clear();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        closeAll();
    }
}
