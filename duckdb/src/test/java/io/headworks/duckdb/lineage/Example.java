package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query of the suite with what is expected of it.
 *
 * @param uses by output column, {@code use table.column}; of the rows under {@link #ROWS}
 * @param refused words of the reason; null when it is not refused
 */
record Example(
        String kind,
        String sql,
        Map<String, Set<String>> uses,
        @Nullable String refused) {
    static final String ROWS = "rows";

    static List<Example> all() {
        List<Example> examples = new ArrayList<>();
        String kind = "";
        Building building = null;
        for (String line : lines()) {
            if (line.startsWith("# ")) {
                kind = line.substring(2);
            } else if (line.startsWith("> ")) {
                building = building == null ? new Building(kind) : building;
                building.sql.append(line.substring(2)).append('\n');
            } else if (line.isBlank() && building != null) {
                examples.add(building.done());
                building = null;
            } else if (building != null) {
                building.expect(line);
            }
        }
        if (building != null) {
            examples.add(building.done());
        }
        return examples;
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Example.class.getResourceAsStream("lineage-suite.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The names of its columns, in order. */
    List<String> columns() {
        return uses.keySet().stream().filter(name -> !name.equals(ROWS)).toList();
    }

    /** What a trace says, in the words of the suite. */
    static Map<String, Set<String>> said(Trace.Rows rows) {
        Map<String, Set<String>> said = new LinkedHashMap<>();
        rows.columns().forEach(column -> said.put(column.name(), words(column.from())));
        said.put(ROWS, words(rows.rows()));
        return said;
    }

    private static Set<String> words(Dependence from) {
        Set<String> words = new LinkedHashSet<>();
        from.uses()
                .forEach((column, uses) -> uses.forEach(use ->
                        words.add(use.name().toLowerCase(Locale.ROOT) + " " + column.table() + "." + column.column())));
        return words;
    }

    private static final class Building {
        private final String kind;
        private final StringBuilder sql = new StringBuilder();
        private final Map<String, Set<String>> uses = new LinkedHashMap<>();
        private @Nullable String refused;

        Building(String kind) {
            this.kind = kind;
        }

        void expect(String line) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String rest = line.substring(colon + 1).strip();
            if (name.equals("refused")) {
                refused = rest;
            } else {
                Set<String> words = new LinkedHashSet<>();
                for (String word : rest.split(",")) {
                    if (!word.isBlank()) {
                        words.add(word.strip());
                    }
                }
                uses.put(name, words);
            }
        }

        Example done() {
            return new Example(kind, sql.toString().strip(), uses, refused);
        }
    }
}
