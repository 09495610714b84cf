package io.headworks.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Which process works in a folder, written into it: a process id is used again, its start tells the two apart. */
final class FolderOwner {
    private static final String FILE = "owner";

    private FolderOwner() {}

    static void claim(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), line(ProcessHandle.current()));
    }

    /** A folder without the mark belongs to a process that died before it wrote it. */
    static boolean isAlive(Path folder) {
        try {
            String owner = Files.readString(folder.resolve(FILE));
            int blank = owner.indexOf(' ');
            return blank > 0
                    && ProcessHandle.of(Long.parseLong(owner.substring(0, blank)))
                            .filter(process -> line(process).equals(owner))
                            .isPresent();
        } catch (NoSuchFileException unmarked) {
            return isFresh(folder);
        } catch (IOException | NumberFormatException unreadable) {
            return false;
        }
    }

    /** It may be about to be claimed. */
    private static boolean isFresh(Path folder) {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isAfter(Instant.now().minusSeconds(60));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }
}
