package io.headworks.server.access;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The token of whoever may read the project's folder: made once, in a file that only its owner reads. */
public final class TokenFile {
    private static final int SHORTEST = 32;

    private TokenFile() {}

    /**
     * Reads it; makes it when there is none.
     *
     * @throws HeadworksException when others can read it, or it holds no token
     */
    public static String of(Path file) {
        try {
            Files.createDirectories(file.getParent());
            create(file);
            requirePrivate(file);
            String token = Files.readString(file).strip();
            if (token.length() < SHORTEST) {
                throw refusal(file, "it holds no token of " + SHORTEST + " characters or more");
            }
            return token;
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot keep the server's token in " + file + ": " + IoReason.of(failed),
                    "make the folder writable for the user of hw serve",
                    failed);
        }
    }

    private static void create(Path file) throws IOException {
        FileAttribute<?>[] onlyOwner = isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, onlyOwner);
            Files.writeString(file, SecretText.next() + "\n");
        } catch (FileAlreadyExistsException there) {
            // made at an earlier start
            return;
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (isPosix()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.remove(PosixFilePermission.OWNER_READ);
            permissions.remove(PosixFilePermission.OWNER_WRITE);
            if (!permissions.isEmpty()) {
                throw refusal(file, "others than its owner can use it (" + permissions + ")");
            }
        }
    }

    private static HeadworksException refusal(Path file, String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot use the server's token in " + file + ": " + why,
                "remove the file: the next start makes a new one");
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
