package io.headworks.core.plan;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.source.FileStamp;
import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the canonical JSON of what a run will do. Left out: estimates, the time, and the creation of a missing
 * table, and what names are remembered for the first time, so that the same work on the same input has the same hash on a first and on a repeated run. Files count by their
 * content where it is known.
 */
final class PlanHash {

    private PlanHash() {}

    static String of(LedgerKey key, Request request, String schemaHash, List<Step> steps) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("key", RecordTree.of(key));
        tree.put("from", request.from());
        tree.put("to", request.to());
        tree.put("schema", schemaHash);
        List<@Nullable Object> list = new ArrayList<>();
        steps.forEach(step -> list.add(tree(step)));
        tree.put("steps", list);
        return Sha256.of(Json.canonical(tree));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object tree(Step step) {
        Object tree = RecordTree.of(step);
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> known = (Map<String, @Nullable Object>) map;
            if (step instanceof Step.ExtractRows extract) {
                known.put("files", files(extract.files()));
                // Types of earlier runs are known by the schema's hash.
                ((Map<String, ?>) Objects.requireNonNull(known.get("extract"))).remove("known_types");
            } else if (step instanceof Step.LoadTable load) {
                if (load.load().history() == null) {
                    // Plans approved before there was history stay approved.
                    ((Map<?, ?>) Objects.requireNonNull(known.get("load"))).remove("history");
                }
                if (load.rekeys().isEmpty()) {
                    known.remove("rekeys");
                }
                known.put(
                        "changes",
                        RecordTree.of(load.changes().stream()
                                .filter(change -> !(change instanceof SchemaChange.CreateTable)
                                        && !(change instanceof SchemaChange.KeepName))
                                .toList()));
            }
        }
        return tree;
    }

    private static List<String> files(List<FileStamp> files) {
        return files.stream()
                .map(file -> file.path() + " "
                        + (file.contentHash() != null ? file.contentHash() : file.bytes() + " " + file.modified()))
                .toList();
    }
}
