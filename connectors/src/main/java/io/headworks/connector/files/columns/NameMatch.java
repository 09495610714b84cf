package io.headworks.connector.files.columns;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds columns in a file by name: in the exact case, else in any case, else by one of its aliases. */
public final class NameMatch {
    private final Map<String, List<String>> aliases;

    public NameMatch(Map<String, List<String>> aliases) {
        this.aliases = aliases;
    }

    /**
     * The index of a column, or -1.
     *
     * @param names the file's column names
     * @param raw the same names as they are written in the file
     * @throws HeadworksException when the file has the column under two names
     */
    public int indexOf(String column, NameIndex names, NameIndex raw, String path) {
        Set<Integer> hits = new LinkedHashSet<>();
        List<String> spellings = new ArrayList<>(List.of(column));
        spellings.addAll(aliases.getOrDefault(column, List.of()));
        for (String spelling : spellings) {
            int hit = names.position(spelling);
            hits.add(hit >= 0 ? hit : raw.position(spelling));
        }
        hits.remove(-1);
        if (hits.size() > 1) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + path + ": it has column " + column + " more than once, as "
                            + String.join(
                                    " and ", hits.stream().map(names::name).toList()));
        }
        return hits.isEmpty() ? -1 : hits.iterator().next();
    }

    /**
     * The column that a name in a file stands for: the one it is an alias of, or itself.
     *
     * @param raw the name as it is written in the file
     */
    public String canonical(String name, String raw) {
        String written = raw.strip();
        for (Map.Entry<String, List<String>> entry : aliases.entrySet()) {
            boolean known = entry.getKey().equalsIgnoreCase(name)
                    || entry.getValue().stream()
                            .anyMatch(alias -> alias.equalsIgnoreCase(name) || alias.equalsIgnoreCase(written));
            if (known) {
                return entry.getKey();
            }
        }
        return name;
    }

    /** Column names and aliases in lower case. */
    public Set<String> spellings(List<String> columns) {
        Set<String> all = new LinkedHashSet<>();
        columns.forEach(column -> all.add(folded(column)));
        aliases.forEach((column, others) -> {
            all.add(folded(column));
            others.forEach(other -> all.add(folded(other)));
        });
        return all;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
