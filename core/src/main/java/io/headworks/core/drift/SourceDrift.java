package io.headworks.core.drift;

import io.headworks.api.type.Schema;
import io.headworks.core.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a source found to be other than at the last load.
 *
 * @param since the columns of the last load
 * @param renames guesses, surest first
 */
public record SourceDrift(SchemaVersion since, List<ColumnChange> changes, List<Rename> renames) {
    public SourceDrift {
        changes = List.copyOf(changes);
        renames = List.copyOf(renames);
    }

    /**
     * Against the columns of a load.
     *
     * @param loaded the hash that its ledger row names
     * @return empty when nothing changed, or when nobody remembers what the columns were
     */
    public static Optional<SourceDrift> since(String loaded, SchemaRegistry registry, SourceKey source, Schema now) {
        return loaded.equals(Planner.schemaHash(now))
                ? Optional.empty()
                : registry.find(source, loaded).map(version -> between(version, now));
    }

    public static SourceDrift between(SchemaVersion before, Schema now) {
        List<ColumnChange> changes = SchemaComparison.between(before.schema(), now);
        return new SourceDrift(before, changes, Renames.likely(Renames.possible(before.schema(), now, changes)));
    }

    /** For notes: one for each change, then the guesses. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        changes.forEach(change -> sentences.add("source changed (" + change.kind() + "): " + change.sentence()));
        renames.forEach(rename -> sentences.add("source changed (perhaps a rename): " + rename.sentence()));
        return sentences;
    }

    /** For documents. */
    public List<Map<String, @Nullable Object>> document() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (ColumnChange change : changes) {
            documents.add(document(change.kind(), change.column(), change.sentence(), change.mayBreak(), null));
        }
        for (Rename rename : renames) {
            documents.add(document("rename", rename.to().name(), rename.sentence(), true, rename.confidence()));
        }
        return documents;
    }

    private static Map<String, @Nullable Object> document(
            String kind, String column, String sentence, boolean mayBreak, @Nullable Integer confidence) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("class", kind);
        tree.put("column", column);
        tree.put("sentence", sentence);
        tree.put("may_break", mayBreak);
        tree.put("confidence", confidence);
        return tree;
    }
}
