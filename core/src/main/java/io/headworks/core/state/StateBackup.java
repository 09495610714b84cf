package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A copy of the state as it stands at one moment, made while others use it: a state file, wherever the state is. */
public final class StateBackup {

    private StateBackup() {}

    /**
     * Writes the copy; it has its name only once it is whole.
     *
     * @return its size in bytes
     */
    public static long write(StateDatabase state, Path target) {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            if (Files.exists(target)) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot back up to " + target + ": it exists",
                        "name another file, or remove that one");
            }
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.deleteIfExists(partial);
            state.requireSound();
            copy(state, partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(target);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot back up to " + target + ": " + IoReason.of(failed), null, failed);
        }
    }

    private static void copy(StateDatabase state, Path partial) {
        if (state.home() instanceof StateFile) {
            state.update("vacuum into ?", partial.toString());
            return;
        }
        try (StateDatabase copy = StateDatabase.open(new StateFile(partial))) {
            StateCopy.copy(state, copy);
            // it must be one whole file before it is renamed
            copy.onSession(session -> {
                StateFile.toOneFile(session);
                return true;
            });
        }
    }
}
