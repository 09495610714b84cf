package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a backup holds, into a state that holds nothing: a file's into a server's, or back, or after a loss. */
public final class StateRestore {
    private StateRestore() {}

    /**
     * Writes all of it or nothing. The backup stays as it is, also when it is of an older program.
     *
     * @return runs that are there now
     */
    public static long read(Path backup, StateDatabase state) {
        if (!Files.isRegularFile(backup)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot restore from " + backup + ": there is no such file",
                    "name a file that hw state backup wrote");
        }
        if (!StateCopy.isEmpty(state)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot restore into " + state.home().place() + ": it is not empty",
                    "move the file aside, or name another schema, or have it renamed");
        }
        try {
            Path folder = Files.createTempDirectory("headworks-restore");
            Path copy = folder.resolve("state.db");
            try {
                Files.copy(backup, copy);
                return read(copy, backup, state);
            } finally {
                removeAll(folder);
            }
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot restore from " + backup + ": " + IoReason.of(failed), null, failed);
        }
    }

    private static long read(Path copy, Path backup, StateDatabase state) {
        try (StateDatabase from = StateDatabase.open(new StateFile(copy))) {
            from.requireSound();
            StateCopy.copy(from, state);
            return state.query("select count(*) from run", row -> row.getLong(1))
                    .get(0);
        } catch (HeadworksException failed) {
            throw new HeadworksException(
                    failed.kind(), "Cannot restore from " + backup + ": " + failed.getMessage(), failed.hint(), failed);
        }
    }

    private static void removeAll(Path folder) throws IOException {
        for (String name : new String[] {"state.db", "state.db-wal", "state.db-shm"}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
