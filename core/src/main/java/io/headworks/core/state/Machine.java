package io.headworks.core.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine, as far as its processes can see each other: of two containers on one host neither sees the other's.
 *
 * @param host its name, for people
 * @param id equal where a process id means the same
 */
public record Machine(String host, String id) {
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    /** This machine; the system property {@code headworks.host} gives it another name, as nodes of a cluster have. */
    public static Machine here() {
        return Here.MACHINE;
    }

    /** Asked for once, and not before somebody wants to know. */
    private static final class Here {
        private static final Machine MACHINE = find();
    }

    private static Machine find() {
        String given = System.getProperty("headworks.host");
        String host = given == null || given.isBlank() ? name() : given;
        return new Machine(
                host,
                Stream.of(host, text(BOOT), link(PROCESSES))
                        .filter(part -> part != null)
                        .collect(Collectors.joining("/")));
    }

    /** Without a name server, which may take seconds to answer. */
    private static String name() {
        String known = text(NAME);
        String windows = System.getenv("COMPUTERNAME");
        if (known != null) {
            return known;
        } else if (windows != null) {
            return windows;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static @Nullable String text(Path file) {
        try {
            String text = Files.isReadable(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? null : text;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static @Nullable String link(Path file) {
        try {
            return Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
