package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A state file made anew beside the present one, which is kept aside when the new one takes its name. */
public final class StateReplacement {
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private final Path present;

    public StateReplacement(Path present) {
        this.present = present;
    }

    /**
     * Makes the new file from what is left.
     *
     * @param mark what the old file's name ends with from now on
     */
    public Rebuilt from(RebuiltContent content, String mark) {
        Path draft = present.resolveSibling(present.getFileName() + ".rebuilding");
        try {
            removeAll(draft);
            KeptDocuments.Count documents = write(content, draft);
            Path aside = keepAside(mark);
            Files.move(draft, present, StandardCopyOption.ATOMIC_MOVE);
            removeAll(draft);
            return Rebuilt.of(content, documents, aside);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot rebuild the state file " + present + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }

    private static KeptDocuments.Count write(RebuiltContent content, Path draft) {
        try (StateDatabase state = StateDatabase.open(new StateFile(draft))) {
            AtomicReference<KeptDocuments.Count> documents = new AtomicReference<>(new KeptDocuments.Count(0, 0));
            state.inTransaction(() -> documents.set(content.into(state)));
            // the draft must be one whole file before it is renamed
            state.onSession(session -> {
                StateFile.toOneFile(session);
                return true;
            });
            return Objects.requireNonNull(documents.get());
        }
    }

    private @Nullable Path keepAside(String mark) throws IOException {
        if (!Files.exists(present)) {
            return null;
        }
        Path aside = present.resolveSibling(present.getFileName() + "." + mark);
        for (String suffix : SUFFIXES) {
            Path part = present.resolveSibling(present.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.move(part, present.resolveSibling(aside.getFileName() + suffix));
            }
        }
        return aside;
    }

    private static void removeAll(Path file) throws IOException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }
}
