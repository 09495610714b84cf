package io.headworks.connector.parquet;

import io.headworks.api.ledger.Fence;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code fence.json}: the highest fence number given out for a table, and to whom. Written under the lock only. */
final class FenceFile {
    private final TableLayout table;

    FenceFile(TableLayout table) {
        this.table = table;
    }

    Optional<Holder> read() throws IOException {
        try {
            Map<String, @Nullable Object> document = Json.object(Files.readString(table.fence()));
            Fence fence = new Fence(
                    Json.string(document, "dataset"),
                    Json.number(document, "number"),
                    Json.string(document, "run_id"),
                    Instant.parse(Json.string(document, "taken_at")));
            return Optional.of(new Holder(fence, Json.number(document, "pid")));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }

    Fence raise(String dataset, String runId, Instant now) throws IOException {
        long number = read().map(holder -> holder.fence().number()).orElse(0L) + 1;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("dataset", dataset);
        document.put("number", number);
        document.put("run_id", runId);
        document.put("taken_at", now.toString());
        document.put("pid", ProcessHandle.current().pid());
        Durable.replace(table.fence(), table.home().resolve("fence.json.new"), Json.text(document) + "\n");
        return new Fence(dataset, number, runId, now);
    }

    /** Who took a fence last; it still holds the table while the lock is taken. */
    record Holder(Fence fence, long pid) {}
}
