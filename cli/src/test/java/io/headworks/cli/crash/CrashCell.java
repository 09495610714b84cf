package io.headworks.cli.crash;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * One combination to be killed in. The project has a table loaded once; then its source changes, and the run that takes
 * the change over is killed.
 */
record CrashCell(String target, Strategy strategy, boolean incremental, FailPoint point) {
    static final String PROJECT_ID = "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10";

    /** False for combinations that planning refuses, by formats and reason of the strategies. */
    static boolean isAllowed(Strategy strategy, boolean incremental) {
        return switch (strategy) {
            case APPEND -> incremental;
            case TRUNCATE_RELOAD -> !incremental;
            default -> strategy != Strategy.VIEW;
        };
    }

    /** Of the target, in the project. */
    String path() {
        return switch (target) {
            case "duckdb" -> "w.duckdb";
            case "sqlite" -> "w.sqlite";
            default -> "lake";
        };
    }

    void write(Path project) throws IOException {
        Files.createDirectories(project.resolve("data"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: crash, id: %s}
                connections:
                  landing: {type: files, path: data}
                  store: {type: %s, path: %s}
                """.formatted(PROJECT_ID, target, path()));
        Files.writeString(project.resolve("load.yml"), """
                pipeline:
                  name: load
                  extract:
                    connection: landing
                    path: "*.csv"
                    strategy: %s
                    columns: {id: bigint, month: date, amount: "decimal(18,2)", note: text}
                    %s
                  transform:
                    stages:
                      - {name: clean, operations: [{trim: [note]}, {filter: "id > 0"}]}
                  load:
                    connection: store
                    table: facts
                    strategy: %s
                    %s
                    %s
                    max_change: {deleted: 100%%, min_rows: 1000}
                  quality_gates:
                    pre_load: [{not_null: id}, {range: {column: amount, max: 1000, on_fail: reject, fail_above: 50%%}}]
                    post_load: [{range: {column: id, min: 1}}]
                  error_handling: {strategy: dead-letter, max_rejected: 50%%}
                """.formatted(
                        incremental ? "incremental" : "full",
                        incremental ? files() : "allow_empty: false",
                        strategy.key(),
                        strategy == Strategy.APPEND
                                        || strategy == Strategy.TRUNCATE_RELOAD
                                        || strategy == Strategy.PARTITION_SWAP
                                ? ""
                                : "merge_keys: [id]",
                        strategy == Strategy.PARTITION_SWAP ? "partition_key: {column: month, by: month}" : ""));
        data(project, "data/2024-01.csv", month("2024-01-15", 1, 40, "first"));
        data(project, "data/2024-02.csv", month("2024-02-15", 41, 60, "first"));
    }

    private String files() {
        return "files: {changed: content" + (strategy == Strategy.PARTITION_SWAP ? ", reread: partition}" : "}");
    }

    /** A new month for everybody; a changed and shortened one where the strategy takes that. */
    void change(Path project) throws IOException {
        data(project, "data/2024-03.csv", month("2024-03-15", 61, 90, "third"));
        if (strategy != Strategy.APPEND) {
            data(project, "data/2024-02.csv", month("2024-02-15", 41, 55, "changed"));
        }
    }

    /** With a fixed time, which positions hold. */
    private static void data(Path project, String name, String content) throws IOException {
        Path file = Files.writeString(project.resolve(name), content);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2024-04-01T00:00:00Z").plusSeconds(content.length())));
    }

    private static String month(String date, int from, int to, String note) {
        StringBuilder csv = new StringBuilder("id,month,amount,note\n");
        for (int id = from; id <= to; id++) {
            String amount = id % 20 == 0 ? "5000.00" : id + ".25";
            csv.append(id)
                    .append(',')
                    .append(date)
                    .append(',')
                    .append(amount)
                    .append(", ")
                    .append(note)
                    .append('\n');
        }
        return csv.append("0,").append(date).append(",1.00,filtered\n").toString();
    }

    @Override
    public String toString() {
        return target + " " + strategy.key() + (incremental ? " incremental " : " full ") + point;
    }
}
