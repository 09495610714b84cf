package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server with a folder, a port and certificates of its own; it can be stopped and started again on the same data. */
final class ServerProcess implements AutoCloseable {
    private final String name;
    private final String signal;
    private final Path folder;
    private final int port = FreePort.find();
    private final TestCertificates certificates;
    private @Nullable WatchedServer running;

    /**
     * Prepares the folder; nothing runs yet.
     *
     * @param name for messages
     * @param signal the one at which this server stops at once
     */
    ServerProcess(String name, String signal) {
        this.name = name;
        this.signal = signal;
        try {
            this.folder = ServerFiles.workFolder(name);
            this.certificates = TestCertificates.in(Files.createDirectory(folder.resolve("tls")));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot prepare " + name, failed);
        }
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    int port() {
        return port;
    }

    TestCertificates certificates() {
        return certificates;
    }

    /** Puts a file among the data, written by the server's own user: it refuses a key that others own. */
    void place(Path file, String as) {
        Command.run(
                Command.unprivileged(List.of(
                        "sh",
                        "-c",
                        "umask 077; cat > \"$0\"",
                        data().resolve(as).toString())),
                Redirect.from(file.toFile()));
    }

    /** Starts the server and waits until it answers. */
    void launch(List<String> command, Answer.Question question) {
        WatchedServer started = WatchedServer.start(folder, signal, Command.unprivileged(command));
        running = started;
        Answer.await(name, started, question);
    }

    long pid() {
        return running().pid();
    }

    /** Ends every process of the server at once, as a crash does; its data stays. */
    void stop() {
        running().stopAndKeep();
        running = null;
    }

    private WatchedServer running() {
        WatchedServer server = running;
        if (server == null) {
            throw new IllegalStateException(name + " is stopped");
        }
        return server;
    }

    @Override
    public void close() {
        WatchedServer server = running;
        running = null;
        if (server != null) {
            server.close();
        }
    }
}
