package io.headworks.core.spec.layout;

import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.descriptor.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of keys where their order means nothing: that of the reference. Names of the user's (columns, connections,
 * operations) are never moved.
 */
final class CanonicalOrder {
    static final Path ROOT = new Path("");

    /** Where these objects of the reference stand. */
    private static final Map<String, String> OBJECTS = Map.ofEntries(
            Map.entry("/project", "project"),
            Map.entry("/checks", "checks"),
            Map.entry("/tests", "test"),
            Map.entry("/contract", "contract"),
            Map.entry("/contract/sla", "contract sla"),
            Map.entry("/contract/schema", "contract column"),
            Map.entry("/pipeline", "pipeline"),
            Map.entry("/pipeline/extract", "extract"),
            Map.entry("/pipeline/extract/slice", "slice"),
            Map.entry("/pipeline/extract/files", "files"),
            Map.entry("/pipeline/extract/files/options", "file options"),
            Map.entry("/pipeline/transform", "transform"),
            Map.entry("/pipeline/transform/stages", "stage"),
            Map.entry("/pipeline/load", "load"),
            Map.entry("/pipeline/load/partition_key", "partition_key"),
            Map.entry("/pipeline/load/max_change", "max_change"),
            Map.entry("/pipeline/load/schema_changes", "schema_changes"),
            Map.entry("/pipeline/quality_gates", "quality_gates"),
            Map.entry("/pipeline/error_handling", "error_handling"),
            Map.entry("/pipeline/schedule", "schedule"),
            Map.entry("/pipeline/resources", "resources"));

    private final Map<String, List<String>> keys = new LinkedHashMap<>();

    /** @param reference the objects of the reference */
    CanonicalOrder(Collection<Described> reference) {
        reference.forEach(object ->
                keys.put(object.name(), object.keys().stream().map(Key::name).toList()));
    }

    /** True where the order of keys means nothing. */
    boolean isFree(Path path) {
        return OBJECTS.containsKey(path.text());
    }

    /** The place of each name; unknown ones stay behind the one they stand behind. */
    List<Integer> ranks(Path path, List<String> names) {
        String object = OBJECTS.get(path.text());
        List<String> order = object == null ? List.of() : keys.getOrDefault(object, List.of());
        List<Integer> ranks = new ArrayList<>();
        int last = -1;
        for (String name : names) {
            int known = order.indexOf(name);
            last = known >= 0 ? known : last;
            ranks.add(last);
        }
        return ranks;
    }

    /** The keys from a document down; items of a list have the list's. */
    record Path(String text) {
        Path key(String name) {
            return new Path(text + "/" + name);
        }
    }
}
