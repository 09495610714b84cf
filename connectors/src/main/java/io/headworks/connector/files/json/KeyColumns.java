package io.headworks.connector.files.json;

import io.headworks.api.source.FileReading.Names;
import io.headworks.connector.files.columns.NameMatch;
import io.headworks.connector.files.csv.HeaderNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which column a key of the records fills. Keys are told apart by case, columns are not: a key that differs from a
 * column in case only gets a column of its own, as {@code Id_2}, the same in every run that knows the same columns.
 */
final class KeyColumns {
    private final NameMatch match;
    private final Names style;
    private final boolean grows;
    private final List<String> columns;
    private final Map<String, Integer> byKey = new HashMap<>();

    /** @param grows whether unknown keys become columns */
    KeyColumns(NameMatch match, Names style, List<String> columns, boolean grows) {
        this.match = match;
        this.style = style;
        this.columns = new ArrayList<>(columns);
        this.grows = grows;
    }

    List<String> columns() {
        return columns;
    }

    /** The index of a key's column, -1 when nobody wants it. */
    int column(String key) {
        Integer known = byKey.get(key);
        if (known == null) {
            known = find(key);
            byKey.put(key, known);
        }
        return known;
    }

    private int find(String key) {
        String name = HeaderNames.of(List.of(key), style).names().get(0);
        String column = match.canonical(name, key);
        if (columns.contains(column)) {
            return columns.indexOf(column);
        }
        List<String> withKey = new ArrayList<>(columns);
        withKey.add(column);
        List<String> unique = HeaderNames.of(withKey, Names.KEEP).names();
        String free = unique.get(unique.size() - 1);
        int earlier = free.equals(column) ? -1 : numbered(column);
        if (earlier >= 0 || !grows) {
            return earlier;
        }
        columns.add(free);
        return columns.size() - 1;
    }

    /** The column that an earlier run made for a key that collides with another: its name with a number. */
    private int numbered(String column) {
        Pattern numbered = Pattern.compile(Pattern.quote(column) + "_[0-9]+");
        for (int i = 0; i < columns.size(); i++) {
            if (numbered.matcher(columns.get(i)).matches() && !byKey.containsValue(i)) {
                return i;
            }
        }
        return -1;
    }
}
