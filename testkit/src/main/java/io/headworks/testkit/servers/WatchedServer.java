package io.headworks.testkit.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server's process, and beside it a shell that waits for the end of a pipe from this JVM: the pipe ends however the JVM
 * does, also when it is killed, and the shell then stops the server by its process id and removes its folder.
 */
final class WatchedServer implements AutoCloseable {
    /**
     * Arguments: folder, signal, log, command …. A line on the pipe ends the server and keeps the folder. A signal to the
     * whole group of processes, as a terminal or timeout sends it, must not take the watch away from its folder.
     */
    private static final String WATCH = "folder=$1; signal=$2; log=$3; shift 3; trap : TERM INT HUP\n"
            + "\"$@\" </dev/null >>\"$log\" 2>&1 & server=$!\n"
            + "echo $server\n"
            + "word=; read -r word; kill -s \"$signal\" $server 2>/dev/null; wait $server 2>/dev/null\n"
            + "[ -n \"$word\" ] || rm -rf -- \"$folder\"\n";

    private final Process watch;
    private final long server;
    private final Path log;

    private WatchedServer(Process watch, long server, Path log) {
        this.watch = watch;
        this.server = server;
        this.log = log;
    }

    /**
     * Starts a server.
     *
     * @param folder removed at the end
     * @param signal the one at which this server stops at once
     */
    static WatchedServer start(Path folder, String signal, List<String> command) {
        Path log = folder.resolve("server.log");
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", WATCH, "watch", folder.toString(), signal, log.toString()));
        words.addAll(command);
        try {
            Process watch = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.US_ASCII));
            return new WatchedServer(watch, Long.parseLong(out.readLine()), log);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start " + command.get(0), failed);
        }
    }

    long pid() {
        return server;
    }

    boolean isRunning() {
        return ProcessHandle.of(server).isPresent();
    }

    /** What the server last wrote, for messages. */
    String log() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - 4_000));
        } catch (IOException unreadable) {
            return "no log: " + unreadable;
        }
    }

    /** Stops the server and keeps its folder, for a start of the same data. */
    void stopAndKeep() {
        end("keep\n");
    }

    @Override
    public void close() {
        end("");
    }

    private void end(String word) {
        try (var pipe = watch.getOutputStream()) {
            pipe.write(word.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            throw new UncheckedIOException("Cannot stop server " + server + ": its watch is gone", gone);
        }
        try {
            if (!watch.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Cannot stop server " + server + ": still there after 30 s\n" + log());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
