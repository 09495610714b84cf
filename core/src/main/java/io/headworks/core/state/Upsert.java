package io.headworks.core.state;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows that replace those of their key. */
final class Upsert {
    private Upsert() {}

    /** A statement whose values are those of the key, then the others. */
    static String into(String table, List<String> key, List<String> others) {
        return into(table, key, others, List.of());
    }

    /** With columns that the database computes. */
    static String into(String table, List<String> key, List<String> others, List<Computed> computed) {
        List<String> names = computed.stream().map(Computed::column).toList();
        List<String> given = joined(key, others);
        List<String> values = joined(
                Collections.nCopies(given.size(), "?"),
                computed.stream().map(Computed::expression).toList());
        return "insert into " + table + " (" + String.join(", ", joined(given, names)) + ") values ("
                + String.join(", ", values) + ") on conflict (" + String.join(", ", key) + ") do update set "
                + joined(others, names).stream()
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
    }

    /** A column and the expression that gives its value. */
    record Computed(String column, String expression) {}

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
