package io.headworks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change of a source, under one policy, with one strategy, and what docs/schema-changes.md says comes of it.
 *
 * @param kind the words of the first column of that page's table
 * @param outcome loads, adds, widens, discards or refuses
 */
record DriftCell(String kind, String policy, String strategy, String outcome) {
    static final List<String> STRATEGIES =
            List.of("append", "upsert", "merge", "truncate-reload", "partition-swap", "soft-delete");
    private static final Path PAGE = Path.of("../docs/schema-changes.md");
    private static final String TABLE = "| a column of the source ";

    /** What makes the second generation of {@code orders(id, part, amount, name)}. Rows 1, 2 and 5 are those of all. */
    private static final Map<String, Generation> GENERATIONS = generations();

    /**
     * The source when it has changed.
     *
     * @param columns of the table, as SQL
     * @param sixth the values of row 6, which is new
     */
    private record Generation(String columns, String order, String sixth) {}

    private static Map<String, Generation> generations() {
        String usual = "id integer not null, part varchar, amount integer, name varchar";
        Map<String, Generation> all = new LinkedHashMap<>();
        all.put(
                "is new",
                new Generation(usual + ", note varchar", "id, part, amount, name", "6, 'b', 40, 'six', 'later'"));
        all.put("is gone", new Generation("id integer not null, part varchar, name varchar", "", "6, 'b', 'six'"));
        all.put(
                "is renamed",
                new Generation(usual.replace("amount", "total"), "id, part, total, name", "6, 'b', 40, 'six'"));
        all.put(
                "has a wider type",
                new Generation(
                        usual.replace("amount integer", "amount bigint"),
                        "id, part, amount, name",
                        "6, 'b', 5000000000, 'six'"));
        all.put(
                "has a narrower type",
                new Generation(
                        usual.replace("amount integer", "amount smallint"),
                        "id, part, amount, name",
                        "6, 'b', 40, 'six'"));
        all.put(
                "has another type",
                new Generation(
                        usual.replace("amount integer", "amount varchar"),
                        "id, part, amount, name",
                        "6, 'b', 'forty', 'six'"));
        all.put(
                "stands elsewhere",
                new Generation(
                        "name varchar, amount integer, part varchar, id integer not null",
                        "id, part, amount, name",
                        "'six', 40, 'b', 6"));
        all.put(
                "is written in another case",
                new Generation(
                        usual.replace("amount", "\"Amount\""), "id, part, \"Amount\", name", "6, 'b', 40, 'six'"));
        return all;
    }

    /** The whole table of the page, times the strategies. */
    static List<DriftCell> all() {
        List<String> lines = page();
        int head = 0;
        while (!lines.get(head).startsWith(TABLE)) {
            head++;
        }
        List<String> policies = cells(lines.get(head)).stream()
                .skip(1)
                .map(policy -> policy.replace("`", ""))
                .toList();
        List<DriftCell> all = new ArrayList<>();
        for (int row = head + 2; row < lines.size() && lines.get(row).startsWith("|"); row++) {
            List<String> cells = cells(lines.get(row));
            for (int i = 0; i < policies.size(); i++) {
                for (String strategy : STRATEGIES) {
                    all.add(new DriftCell(cells.get(0), policies.get(i), strategy, cells.get(i + 1)));
                }
            }
        }
        return all;
    }

    private static List<String> page() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    /** The first generation, as statements of any database. */
    static List<String> before() {
        return List.of(
                "create table orders (id integer not null, part varchar(9), amount integer, name varchar(9))",
                "insert into orders values (1, 'a', 10, 'one'), (2, 'a', 20, 'two'), (3, 'b', 30, 'three'),"
                        + " (5, 'b', 50, 'five')");
    }

    /** The second one: row 2 has another amount, 3 is gone, 6 is new. */
    List<String> after() {
        Generation now = generation();
        List<String> statements =
                new ArrayList<>(List.of("drop table orders", "create table orders (" + now.columns() + ")"));
        String into = now.order().isEmpty() ? "orders (id, part, name)" : "orders (" + now.order() + ")";
        String rest = now.order().isEmpty()
                ? "(1, 'a', 'one'), (2, 'a', 'two'), (5, 'b', 'five')"
                : "(1, 'a', 10, 'one'), (2, 'a', 21, 'two'), (5, 'b', 50, 'five')";
        statements.add("insert into " + into + " values " + rest);
        statements.add("insert into orders values (" + now.sixth() + ")");
        return statements;
    }

    private Generation generation() {
        Generation now = GENERATIONS.get(kind);
        if (now == null) {
            throw new IllegalArgumentException(
                    "Cannot change a source: '" + kind + "' (known: " + GENERATIONS.keySet() + ")");
        }
        return now;
    }

    /** The pipeline; {@code policy} null for the first load. */
    static String pipeline(String strategy, String policy) {
        String keys =
                strategy.equals("truncate-reload") || strategy.equals("partition-swap") ? "" : ", merge_keys: [id]";
        String partition = strategy.equals("partition-swap") ? ", partition_key: {column: part, by: value}" : "";
        String extract = strategy.equals("append") ? ", strategy: incremental, incremental_key: id" : "";
        return """
                pipeline:
                  name: orders
                  extract: {connection: shop, table: orders%s}
                  load: {connection: warehouse, table: copied, strategy: %s%s%s, schema_changes: %s}
                  quality_gates: {post_load: [{not_null: id}]}
                  error_handling: {strategy: dead-letter, max_rejected: 100%%, max_retries: 0}
                """.formatted(extract, strategy, keys, partition, policy);
    }

    /** {@code id amount} of the rows that are in the table in the end, without those that are marked as deleted. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        if (outcome.equals("refuses")) {
            return List.of("1 10", "2 20", "3 30", "5 50");
        }
        rows.add("1 10");
        rows.add(strategy.equals("append") ? "2 20" : "2 21");
        if (keepsAbsent()) {
            rows.add("3 30");
        }
        rows.add("5 50");
        if (!outcome.equals("discards")) {
            rows.add(outcome.equals("widens") ? "6 5000000000" : "6 40");
        }
        return rows;
    }

    /** A row that was discarded may be the very one that seems absent: then a load deletes none for that. */
    private boolean keepsAbsent() {
        boolean deletes = strategy.equals("merge") || strategy.equals("soft-delete");
        return strategy.equals("append") || strategy.equals("upsert") || deletes && outcome.equals("discards");
    }

    /** The columns of the table in the end, without audit columns and marks. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("id", "part", "amount", "name"));
        if (outcome.equals("adds")) {
            columns.add("note");
        }
        return columns;
    }

    int exitCode() {
        return outcome.equals("refuses") ? 6 : 0;
    }

    int deadLetters() {
        return outcome.equals("discards") ? 1 : 0;
    }

    @Override
    public String toString() {
        return strategy + ", " + policy + ": a column that " + kind + " " + outcome;
    }
}
