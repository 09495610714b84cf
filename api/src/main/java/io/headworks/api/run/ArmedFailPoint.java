package io.headworks.api.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a test asked for at fail-points: to die, to wait or to fail at one, or to write down those that are passed. */
final class ArmedFailPoint {
    private static final String TRACE = "trace:";
    private static final String FAIL = "fail:";

    private final AtomicInteger passings = new AtomicInteger();
    private final @Nullable Path trace;
    private final String point;
    private final int passing;
    private final @Nullable Path hold;
    private final Failing failing;

    private enum Failing {
        NEVER,
        ONCE,
        FROM_THEN_ON
    }

    private ArmedFailPoint(@Nullable Path trace, String point, int passing, @Nullable Path hold, Failing failing) {
        this.trace = trace;
        this.point = point;
        this.passing = passing;
        this.hold = hold;
        this.failing = failing;
    }

    /** Reads {@code K6}, {@code K6:3}, {@code K6@FILE}, {@code trace:FILE}, {@code fail:K6:3} or {@code fail:K6:3+}. */
    static ArmedFailPoint parse(String text) {
        if (text.startsWith(TRACE)) {
            return new ArmedFailPoint(Path.of(text.substring(TRACE.length())), "", 0, null, Failing.NEVER);
        }
        if (text.startsWith(FAIL)) {
            boolean sticky = text.endsWith("+");
            String[] words = text.substring(FAIL.length(), text.length() - (sticky ? 1 : 0))
                    .split(":", 2);
            return new ArmedFailPoint(
                    null, words[0], Integer.parseInt(words[1]), null, sticky ? Failing.FROM_THEN_ON : Failing.ONCE);
        }
        int at = text.indexOf('@');
        Path hold = at < 0 ? null : Path.of(text.substring(at + 1));
        String[] words = (at < 0 ? text : text.substring(0, at)).split(":", 2);
        int passing = words.length == 1 ? 1 : Integer.parseInt(words[1]);
        return new ArmedFailPoint(null, words[0], passing, hold, Failing.NEVER);
    }

    /** Answers whether what follows is to fail. */
    boolean pass(FailPoint passed) {
        try {
            if (trace != null) {
                Files.writeString(trace, passed.name() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return false;
            }
            return point.equals(passed.name()) && reached(passings.incrementAndGet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean reached(int number) throws IOException {
        if (failing != Failing.NEVER) {
            return number == passing || failing == Failing.FROM_THEN_ON && number > passing;
        }
        if (number == passing) {
            if (hold == null) {
                kill();
            } else {
                waitWhileThere(hold);
            }
        }
        return false;
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
