package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command line asks for, outside of the project's own. */
final class OutputFile {
    private OutputFile() {}

    /** Writes over what is there. */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
