package io.headworks.connector.files.csv;

import io.headworks.api.source.FileReading.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Column names made from a header, in its order, no two equal without regard to case. An empty name becomes {@code
 * column_N} (N from 1); of names that are equal, the second becomes {@code name_2}, the third {@code name_3}, passing
 * over those that stand in the header themselves.
 *
 * @param changes what was renamed, as sentences
 */
public record HeaderNames(List<String> names, List<String> changes) {
    public HeaderNames {
        names = List.copyOf(names);
        changes = List.copyOf(changes);
    }

    /** Names for a file without header: {@code column_1} and so on. */
    public static HeaderNames numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            names.add("column_" + i);
        }
        return new HeaderNames(names, List.of());
    }

    public static HeaderNames of(List<String> header, Names style) {
        List<String> wanted = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = style == Names.SNAKE_CASE
                    ? snakeCase(header.get(i))
                    : header.get(i).strip();
            wanted.add(name.isEmpty() ? "column_" + (i + 1) : name);
            written.add(folded(wanted.get(i)));
        }
        List<String> names = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            int count = seen.merge(folded(name), 1, Integer::sum);
            if (count > 1) {
                name = free(name, count, written);
                written.add(folded(name));
            }
            names.add(name);
            if (count > 1 || header.get(i).isBlank()) {
                changes.add("column " + (i + 1) + " of the header, '" + header.get(i) + "', is called " + name);
            }
        }
        return new HeaderNames(names, changes);
    }

    private static String free(String name, int from, Set<String> written) {
        int number = from;
        while (written.contains(folded(name + "_" + number))) {
            number++;
        }
        return name + "_" + number;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@code KundenNr} and {@code Kunden-Nr.} both become {@code kunden_nr}; letters of all scripts stay. */
    static String snakeCase(String name) {
        StringBuilder out = new StringBuilder();
        boolean gap = false;
        int previous = 0;
        int[] points = name.strip().codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (!Character.isLetterOrDigit(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
                gap = true;
                continue;
            }
            boolean nextLower = i + 1 < points.length && Character.isLowerCase(points[i + 1]);
            boolean hump = Character.isUpperCase(c)
                    && (Character.isLowerCase(previous)
                            || Character.isDigit(previous)
                            || Character.isUpperCase(previous) && nextLower);
            if ((gap || hump) && out.length() > 0) {
                out.append('_');
            }
            out.appendCodePoint(Character.toLowerCase(c));
            gap = false;
            previous = c;
        }
        return out.toString();
    }
}
