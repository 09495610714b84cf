package io.headworks.api.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a test asked for at fail-points: to die at one, to wait at one, or to write down those that are passed. */
final class ArmedFailPoint {
    private static final String TRACE = "trace:";

    private final AtomicInteger passings = new AtomicInteger();
    private final @Nullable Path trace;
    private final String point;
    private final int passing;
    private final @Nullable Path hold;

    private ArmedFailPoint(@Nullable Path trace, String point, int passing, @Nullable Path hold) {
        this.trace = trace;
        this.point = point;
        this.passing = passing;
        this.hold = hold;
    }

    /** Reads {@code K6}, {@code K6:3}, {@code K6@FILE} or {@code trace:FILE}. */
    static ArmedFailPoint parse(String text) {
        if (text.startsWith(TRACE)) {
            return new ArmedFailPoint(Path.of(text.substring(TRACE.length())), "", 0, null);
        }
        int at = text.indexOf('@');
        Path hold = at < 0 ? null : Path.of(text.substring(at + 1));
        String[] words = (at < 0 ? text : text.substring(0, at)).split(":", 2);
        return new ArmedFailPoint(null, words[0], words.length == 1 ? 1 : Integer.parseInt(words[1]), hold);
    }

    void pass(FailPoint passed) {
        try {
            if (trace != null) {
                Files.writeString(trace, passed.name() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else if (point.equals(passed.name()) && passings.incrementAndGet() == passing) {
                if (hold == null) {
                    kill();
                } else {
                    waitWhileThere(hold);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void waitWhileThere(Path file) throws IOException {
        Files.createFile(file);
        try {
            while (Files.exists(file)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException noKill) {
            Runtime.getRuntime().halt(137);
        }
        Runtime.getRuntime().halt(137);
    }
}
