package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DuckDB's errors as failures with an owner. The engine's own sentence is kept. */
final class EngineErrors {
    private static final Pattern LOCK =
            Pattern.compile("Could not set lock on file \"([^\"]*)\".*?(?:\\(PID (\\d+)\\))", Pattern.DOTALL);
    private static final Pattern TEMPORARY_FULL =
            Pattern.compile("max_temp_directory_size|temp(?:orary)? director", Pattern.CASE_INSENSITIVE);

    private EngineErrors() {}

    static HeadworksException of(SQLException failed) {
        String message = String.valueOf(failed.getMessage());
        HeadworksException held = held(message, failed);
        if (held != null) {
            return held;
        }
        return new HeadworksException(
                kind(message), "Cannot run a statement: " + sentence(message), hint(message), failed);
    }

    static boolean isInterrupt(SQLException failed) {
        return String.valueOf(failed.getMessage()).startsWith("INTERRUPT");
    }

    private static @Nullable HeadworksException held(String message, SQLException failed) {
        Matcher lock = LOCK.matcher(message);
        if (!lock.find()) {
            return null;
        }
        return new HeadworksException(
                FailureKind.HELD,
                "Cannot open " + lock.group(1) + ": process " + lock.group(2) + " has it open",
                "Wait for that process to finish, or use --wait.",
                failed);
    }

    private static FailureKind kind(String message) {
        if (message.startsWith("INTERRUPT")) {
            return FailureKind.CANCELLED;
        } else if (message.startsWith("Out of Memory") || isDiskFull(message)) {
            return FailureKind.RESOURCES;
        } else if (message.startsWith("Parser Error")
                || message.startsWith("Binder Error")
                || message.startsWith("Catalog Error")) {
            return FailureKind.PROJECT;
        } else if (message.startsWith("INTERNAL Error")) {
            return FailureKind.INTERNAL;
        }
        return FailureKind.RUN;
    }

    private static boolean isDiskFull(String message) {
        return message.contains("No space left on device") || message.contains("max_temp_directory_size");
    }

    private static @Nullable String hint(String message) {
        if (message.startsWith("Out of Memory")
                && !TEMPORARY_FULL.matcher(message).find()) {
            return "Raise resources.memory, or lower resources.threads.";
        }
        return isDiskFull(message) ? "Free disk space, or raise resources.disk." : null;
    }

    /** The message without the engine's advice about its own settings. */
    private static String sentence(String message) {
        return message.strip();
    }
}
