package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The column names of a statement that were followed. One that was not stands in a part that nobody looked at, as when a new
 * engine writes its trees otherwise: then nothing is known.
 */
final class Seen {
    private final Set<Map<?, ?>> references = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Node reference) {
        references.add(reference.members());
    }

    /** For parts that are looked at as a whole. */
    void addAllIn(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            references.add(map);
            map.values().forEach(this::addAllIn);
        } else if (part instanceof List<?> list) {
            list.forEach(this::addAllIn);
        }
    }

    /** @throws CannotTell when a column name in it was not followed */
    void check(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            List<String> names = new Node(map).texts("column_names");
            if (!names.isEmpty() && !references.contains(map)) {
                throw new CannotTell("a part of the SELECT that names " + String.join(".", names));
            }
            map.values().forEach(this::check);
        } else if (part instanceof List<?> list) {
            list.forEach(this::check);
        }
    }
}
