package io.headworks.core.imports.dbt;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that {@code ref} and {@code source} mean. */
final class Relations {
    private static final Set<String> RESERVED = Set.of(
            "all",
            "and",
            "any",
            "as",
            "asc",
            "both",
            "case",
            "cast",
            "check",
            "column",
            "constraint",
            "create",
            "default",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "group",
            "having",
            "in",
            "initially",
            "intersect",
            "into",
            "lateral",
            "leading",
            "limit",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "pivot",
            "placing",
            "primary",
            "qualify",
            "references",
            "returning",
            "select",
            "show",
            "some",
            "summarize",
            "symmetric",
            "table",
            "then",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "unpivot",
            "using",
            "variadic",
            "when",
            "where",
            "window",
            "with");

    private final Map<String, String> byRef = new LinkedHashMap<>();
    private final Map<String, String> bySource = new LinkedHashMap<>();
    private final Set<String> read = new TreeSet<>();

    /** Says what table a model, seed or snapshot is. */
    void define(String name, String table) {
        byRef.put(name, table);
    }

    void defineSource(String source, String name, String table) {
        bySource.put(source + "." + name, table);
    }

    /** {@code [schema.]table}, from here on one that is read; null when there is no such thing. */
    @Nullable
    String ref(String name) {
        return reading(byRef.get(name));
    }

    @Nullable
    String source(String source, String name) {
        return reading(bySource.get(source + "." + name));
    }

    /** What was asked for so far. */
    Set<String> read() {
        return read;
    }

    void readToo(String table) {
        read.add(table);
    }

    private @Nullable String reading(@Nullable String table) {
        if (table != null) {
            read.add(table);
        }
        return table;
    }

    /** A table as SQL spells it. */
    static String sql(String table) {
        int dot = table.indexOf('.');
        return dot < 0 ? part(table) : part(table.substring(0, dot)) + "." + part(table.substring(dot + 1));
    }

    private static String part(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
