package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;

/** Failures of the file system as sentences. */
final class FileErrors {
    private FileErrors() {}

    /** Runs something that touches files; {@code what} reads "load into orders". */
    static <T> T translate(String what, Step<T> step) {
        try {
            return step.run();
        } catch (IOException failed) {
            throw of(what, failed);
        } catch (UncheckedIOException failed) {
            IOException cause = failed.getCause();
            throw of(what, cause == null ? new IOException(failed) : cause);
        }
    }

    private static HeadworksException of(String what, IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (message.contains("No space left") || message.contains("quota")) {
            return new HeadworksException(
                    FailureKind.RESOURCES, "Cannot " + what + ": " + message, "free space on that disk", failed);
        } else if (failed instanceof AccessDeniedException) {
            return new HeadworksException(
                    FailureKind.TARGET_UNREACHABLE,
                    "Cannot " + what + ": access to " + message + " is denied",
                    null,
                    failed);
        }
        return new HeadworksException(
                FailureKind.TARGET_UNREACHABLE,
                "Cannot " + what + ": " + failed.getClass().getSimpleName() + ": " + message,
                null,
                failed);
    }

    /** Work on files. */
    interface Step<T> {
        T run() throws IOException;
    }
}
