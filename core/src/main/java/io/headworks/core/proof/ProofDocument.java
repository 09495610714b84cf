package io.headworks.core.proof;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw verify}. */
public final class ProofDocument {
    /** Of each replay; all are counted. */
    private static final int MOST_DIFFERENCES = 100;

    private ProofDocument() {}

    public static Map<String, @Nullable Object> of(Proof proof) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", proof.pipeline());
        tree.put("dataset", proof.dataset());
        tree.put("proven", proof.holds());
        tree.put("seed", Long.toString(proof.seed()));
        tree.put("rows", proof.rows());
        tree.put("rows_before", proof.before());
        tree.put("kills", proof.kills());
        tree.put("replays", proof.replays().stream().map(ProofDocument::replay).toList());
        tree.put("notes", proof.notes());
        return tree;
    }

    private static Map<String, @Nullable Object> replay(Replayed replayed) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", replayed.name());
        tree.put("equal", replayed.isEqual());
        tree.put("rows", replayed.rows());
        tree.put("problem", replayed.problem().isEmpty() ? null : replayed.problem());
        tree.put("different", replayed.differences().size());
        tree.put(
                "differences",
                replayed.differences().stream()
                        .limit(MOST_DIFFERENCES)
                        .map(TestDocument::difference)
                        .toList());
        return tree;
    }
}
