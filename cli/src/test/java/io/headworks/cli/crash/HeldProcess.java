package io.headworks.cli.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of {@code hw} that waits at a fail-point until it is let go. */
final class HeldProcess implements AutoCloseable {
    private static final long STEP_MILLIS = 20;

    private final Process process;
    private final Path hold;
    private final Path output;

    private HeldProcess(Process process, Path hold, Path output) {
        this.process = process;
        this.hold = hold;
        this.output = output;
    }

    static HeldProcess waiting(Process process, Path hold, Path output) throws IOException, InterruptedException {
        HeldProcess held = new HeldProcess(process, hold, output);
        while (!Files.exists(hold)) {
            if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it ended before the fail-point: " + held.output());
            }
        }
        return held;
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, as {@code INT}; answers when the program has taken note of it. */
    void interrupt(String signal) throws IOException, InterruptedException {
        send(signal);
        while (!output().contains("SIG" + signal)) {
            if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it ended at once: " + output());
            }
        }
    }

    void send(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", signal, Long.toString(pid())).start().waitFor();
    }

    /** Lets it go on. */
    void release() throws IOException {
        Files.deleteIfExists(hold);
    }

    /** The exit code, once it has ended by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
