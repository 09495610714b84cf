package io.headworks.connector.files.columns;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Positions of names, in the exact case or in any. Of equal names the first counts. */
public final class NameIndex {
    private final List<String> names;
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();

    public NameIndex(List<String> names) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            exact.putIfAbsent(names.get(i), i);
            folded.putIfAbsent(fold(names.get(i)), i);
        }
    }

    /** The exact name, else one that differs in case and outer spaces only; -1 when there is none. */
    int position(String name) {
        Integer same = exact.get(name);
        return same != null ? same : folded.getOrDefault(fold(name), -1);
    }

    String name(int position) {
        return names.get(position);
    }

    private static String fold(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
