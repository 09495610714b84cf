package io.headworks.core.proof;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import io.headworks.core.plan.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all replays of a batch have in common, kept in a file beside it for those in other processes.
 *
 * @param now the time of every run
 * @param primaryKey what the source said its key is
 */
record ReplaySettings(
        Instant now,
        List<String> primaryKey,
        @Nullable String from,
        @Nullable String to) {
    private static final String FILE = "replay.json";

    Request request() {
        return new Request(from, to, false);
    }

    void write(Path folder) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("now", now.toString());
        tree.put("primary_key", primaryKey);
        tree.put("from", from);
        tree.put("to", to);
        try {
            Files.writeString(folder.resolve(FILE), Json.canonical(tree));
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot keep a batch in " + folder + ": " + IoReason.of(failed),
                    null,
                    failed);
        }
    }

    static ReplaySettings read(Path folder) {
        try {
            Map<String, @Nullable Object> tree = Json.readObject(Files.readString(folder.resolve(FILE)));
            List<String> key = ((List<?>) Objects.requireNonNull(tree.get("primary_key")))
                    .stream().map(String::valueOf).toList();
            return new ReplaySettings(
                    Instant.parse(String.valueOf(tree.get("now"))), key, (String) tree.get("from"), (String)
                            tree.get("to"));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot replay the batch in " + folder + ": " + IoReason.of(unreadable),
                    null,
                    unreadable);
        }
    }
}
