package io.headworks.core.service;

import io.headworks.api.type.Schema;
import io.headworks.core.drift.ColumnChange;
import io.headworks.core.drift.SchemaComparison;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.drift.SourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the columns that a pipeline reads.
 *
 * @param versions as runs saw them, oldest first
 * @param now as they are
 * @param drift against the last load, or where none is remembered, the newest version; null when there is neither
 * @param uses of the columns that changed in a way that may break something
 * @param unfit what the stages refuse of the columns as they are; null when they fit
 */
public record SchemaReport(
        SourceKey source,
        List<SchemaVersion> versions,
        Schema now,
        @Nullable SourceDrift drift,
        List<ColumnUses.Uses> uses,
        @Nullable String unfit) {
    public SchemaReport {
        versions = List.copyOf(versions);
        uses = List.copyOf(uses);
    }

    /** What each version changed in the one before; nothing for the first that is kept. */
    public List<ColumnChange> changesOf(int index) {
        return index == 0
                ? List.of()
                : SchemaComparison.between(
                        versions.get(index - 1).schema(), versions.get(index).schema());
    }

    /** The changes since; empty when there are none. */
    public List<ColumnChange> changes() {
        return drift == null ? List.of() : drift.changes();
    }

    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", source.pipeline());
        tree.put("source", source.source());
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            all.add(version(versions.get(i), changesOf(i)));
        }
        tree.put("versions", all);
        tree.put("columns", SchemaVersion.tree(now));
        tree.put("compared_with", drift == null ? null : drift.since().number());
        tree.put("changes", drift == null ? List.of() : drift.document());
        tree.put("uses", uses.stream().map(ColumnUses.Uses::document).toList());
        tree.put("unfit", unfit);
        return tree;
    }

    private static Map<String, @Nullable Object> version(SchemaVersion version, List<ColumnChange> changes) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("version", version.number());
        tree.put("hash", version.hash());
        tree.put("first_seen", version.firstSeen().toString());
        tree.put("last_seen", version.lastSeen().toString());
        tree.put("first_run", version.firstRun());
        tree.put("last_run", version.lastRun());
        tree.put("columns", SchemaVersion.tree(version.schema()));
        tree.put("changes", new SourceDrift(version, changes, List.of()).document());
        return tree;
    }
}
