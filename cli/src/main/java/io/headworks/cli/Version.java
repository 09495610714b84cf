package io.headworks.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this program, written into the jar by the build. */
final class Version {
    private Version() {}

    static String current() {
        try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
            if (file == null) {
                throw new IllegalStateException("Cannot tell the version: version.txt is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read version.txt in the jar", e);
        }
    }
}
