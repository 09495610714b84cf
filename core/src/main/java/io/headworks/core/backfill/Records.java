package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where records of backfills are: {@code .headworks/backfills/ID.md}. */
final class Records {

    private Records() {}

    /** Answers the file, as it is named in documents. */
    static String write(Workspace workspace, String id, Map<String, @Nullable Object> document) {
        Path folder = workspace.root().resolve("backfills");
        Path file = folder.resolve(id + ".md");
        try {
            Files.createDirectories(folder);
            Path partial = folder.resolve(id + ".tmp");
            Files.writeString(partial, BackfillReport.of(document));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot write the record of backfill " + id + " to " + file + ": " + IoReason.of(failed),
                    "what was loaded is loaded; hw backfill list shows it",
                    failed);
        }
        return file.toString();
    }
}
