package io.headworks.core.run;

import io.headworks.core.state.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Which process works in a folder, written into it: a process id is used again, its start tells the two apart. Of another
 * machine's processes, where machines share the folder, nobody here can see whether they live.
 */
final class FolderOwner {
    private static final String FILE = "owner";
    private static final Duration BEFORE_CLAIMED = Duration.ofMinutes(1);
    private static final Duration ELSEWHERE = Duration.ofDays(7);

    private FolderOwner() {}

    /** A name for a folder that no other process gives to one, on any machine and at any time. */
    static String name() {
        String line = line(ProcessHandle.current());
        return ProcessHandle.current().pid() + "-" + Integer.toHexString(line.hashCode());
    }

    /** Others read the mark at any instant: it is there whole or not at all. */
    static void claim(Path folder) throws IOException {
        Path whole = folder.resolve(FILE);
        if (Files.exists(whole)) {
            return;
        }
        Path beside = Files.createTempFile(folder, FILE, ".new");
        Files.writeString(beside, line(ProcessHandle.current()));
        Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A folder without a mark may be about to be claimed; a mark that is no mark is what a crash of the machine left. */
    static boolean isAlive(Path folder) throws IOException {
        Path mark = folder.resolve(FILE);
        if (!Files.exists(mark)) {
            return isYounger(folder, BEFORE_CLAIMED);
        }
        String[] words = Files.readString(mark).split(" ", 3);
        if (words.length == 3 && !words[2].equals(Machine.here().host())) {
            return isYounger(mark, ELSEWHERE);
        }
        return words.length == 3
                && words[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(process -> start(process).equals(words[1]))
                        .isPresent();
    }

    private static boolean isYounger(Path file, Duration age) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(age));
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + start(process) + " " + Machine.here().host();
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
