package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Where the programs of servers lie: unpacked once for each user and version, under a lock, and then shared. */
final class ServerFiles {
    private static final String READABLE_BY_ALL = "rwxr-xr-x";

    private ServerFiles() {}

    /** Opens the archive that holds a server's programs. */
    interface Archive {
        ArchiveInputStream<? extends ArchiveEntry> open() throws IOException;
    }

    /**
     * The folder with the unpacked archive.
     *
     * @param version names the folder, so that another version is another folder
     * @param prefix entries below it are unpacked, without it; others are left out
     */
    static Path unpacked(String version, String prefix, Archive archive) {
        Path home = home();
        Path folder = home.resolve(version);
        Path complete = home.resolve(version + ".complete");
        try (FileChannel channel = FileChannel.open(
                        home.resolve(version + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(complete)) {
                unpack(folder, prefix, archive);
                Files.createFile(complete);
            }
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot unpack " + version + " into " + folder, failed);
        }
    }

    /** A new folder that any user may write into: the server runs as another one where this process is root. */
    static Path workFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory(home(), name + "-");
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Not the user's home: that is closed to the unprivileged user which a server of root's runs as. */
    private static Path home() {
        String user = System.getProperty("user.name");
        Path home = Path.of(System.getProperty("java.io.tmpdir"), "headworks-test-servers-" + user);
        try {
            Files.createDirectories(home);
            if (!Files.getOwner(home).getName().equals(user)) {
                throw new IllegalStateException("Cannot keep test servers in " + home + ": it is not owned by " + user);
            }
            return Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(READABLE_BY_ALL));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot keep test servers in " + home, failed);
        }
    }

    private static void unpack(Path folder, String prefix, Archive archive) throws IOException {
        try (ArchiveInputStream<? extends ArchiveEntry> in = archive.open()) {
            for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    Path file = folder.resolve(entry.getName().substring(prefix.length()))
                            .normalize();
                    if (!file.startsWith(folder)) {
                        throw new IOException("entry " + entry.getName() + " leaves the folder");
                    }
                    Files.createDirectories(file.getParent());
                    write(entry, in, file);
                }
            }
        }
    }

    private static void write(ArchiveEntry entry, InputStream in, Path file) throws IOException {
        Files.deleteIfExists(file);
        if (entry instanceof TarArchiveEntry tar && tar.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(tar.getLinkName()));
            return;
        }
        Files.copy(in, file);
        boolean program = file.getNameCount() > 1
                && Set.of("bin", "scripts")
                        .contains(file.getName(file.getNameCount() - 2).toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? READABLE_BY_ALL : "rw-r--r--"));
    }
}
