package io.headworks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project of one pipeline over files, for tests of what a run does with them. */
final class Shop {
    private static final String HEAD = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              landing: {type: files, path: data}
              warehouse: {type: %s, path: %s}
            """;

    private final Hw hw;

    /** @param type of the target: duckdb, sqlite or parquet */
    Shop(Path folder, String type) {
        this.hw = new Hw(folder);
        hw.write("headworks.yml", HEAD.formatted(type, type.equals("parquet") ? "lake" : "warehouse." + type));
    }

    Hw hw() {
        return hw;
    }

    /** The pipeline {@code orders}; each part is YAML below {@code pipeline:}. */
    Shop pipeline(String... parts) {
        StringBuilder yaml = new StringBuilder("pipeline:\n  name: orders\n");
        for (String part : parts) {
            part.lines().forEach(line -> yaml.append("  ").append(line).append('\n'));
        }
        hw.write("pipelines/orders.yml", yaml.toString());
        return this;
    }

    Shop file(String name, String... lines) {
        hw.write("data/" + name, String.join("\n", lines) + "\n");
        return this;
    }

    /** Rows {@code from} to {@code to} of {@code id,amount}. */
    Shop rows(String name, int from, int to) {
        StringBuilder text = new StringBuilder("id,amount\n");
        for (int id = from; id <= to; id++) {
            text.append(id).append(',').append(id * 10).append('\n');
        }
        hw.write("data/" + name, text.toString());
        return this;
    }

    Hw.Result run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "orders"));
        arguments.addAll(List.of(more));
        return hw.run(arguments.toArray(new String[0]));
    }

    /** The document of the newest run. */
    Map<String, Object> log() {
        @SuppressWarnings("unchecked")
        Map<String, Object> run = (Map<String, Object>) hw.json("log", "orders").get("run");
        return run;
    }

    /** A check of the newest run. */
    Map<?, ?> check(String name) {
        return check(log(), name);
    }

    static Map<?, ?> check(Map<String, Object> document, String name) {
        List<?> checks = (List<?>) document.getOrDefault("checks", List.of());
        return checks.stream()
                .map(each -> (Map<?, ?>) each)
                .filter(each -> name.equals(each.get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + " in " + checks));
    }
}
