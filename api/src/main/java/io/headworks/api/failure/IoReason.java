package io.headworks.api.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, for the end of a sentence: Java's own message is often the file's name alone. */
public final class IoReason {

    private IoReason() {}

    public static String of(Exception failed) {
        if (failed instanceof NoSuchFileException) {
            return "there is no such file or folder";
        } else if (failed instanceof NotDirectoryException) {
            return "it is no folder";
        } else if (failed instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failed instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        return failed instanceof IOException ? String.valueOf(failed.getMessage()) : failed.toString();
    }
}
