package io.headworks.core.imports.dbt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tests for related rows can be gates. A gate looks at the other table before its own is published, so the other has to
 * be there first; dbt also allows a test against a table that is made from this one.
 */
final class ReferenceOrder {
    private final Map<String, Set<String>> inputs = new LinkedHashMap<>();

    /** @param read the tables that a table is made from, as SQL spells them */
    void reads(String table, Set<String> read) {
        Set<String> plain = new HashSet<>();
        read.forEach(each -> plain.add(each.replace("\"", "")));
        inputs.put(table, plain);
    }

    /** Takes checks out that look at a table made from this one, and answers them. */
    List<Map<String, Object>> takeLater(String table, List<Map<String, Object>> checks) {
        List<Map<String, Object>> later = new ArrayList<>();
        for (Map<String, Object> check : checks) {
            if (check.get("references") instanceof Map<?, ?> of) {
                String other = String.valueOf(of.get("to")).replaceFirst("\\(.*", "");
                if (isMadeFrom(other, table)) {
                    later.add(check);
                }
            }
        }
        checks.removeAll(later);
        return later;
    }

    private boolean isMadeFrom(String table, String from) {
        Deque<String> open = new ArrayDeque<>(List.of(table));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.remove();
            if (next.equals(from)) {
                return true;
            } else if (seen.add(next)) {
                open.addAll(inputs.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }
}
