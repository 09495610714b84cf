package io.headworks.cli.crash;

import io.headworks.api.load.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target, a strategy, a way to extract and a physical plan. Its project has a table that was loaded twice; then the
 * source changes, and the run that takes the change over is the one to be killed.
 *
 * @param history null where rows are written over
 */
record Combination(
        String target,
        Strategy strategy,
        boolean incremental,
        boolean direct,
        @Nullable Scd history) {
    static final List<String> TARGETS = List.of("duckdb", "parquet", "sqlite", "postgresql", "mysql");
    private static final List<String> TARGETS_OF_HISTORIES = List.of("duckdb", "parquet", "postgresql");
    static final String PROJECT_ID = "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10";

    /** One that writes rows over. */
    Combination(String target, Strategy strategy, boolean incremental, boolean direct) {
        this(target, strategy, incremental, direct, null);
    }

    static Combination keeping(Scd history, String target, boolean incremental) {
        return new Combination(target, Strategy.MERGE, incremental, false, history);
    }

    /** Every one that keeps a history. */
    static List<Combination> histories() {
        List<Combination> all = new ArrayList<>();
        for (String target : TARGETS_OF_HISTORIES) {
            for (Scd history : Scd.values()) {
                if (history.isPossible(target)) {
                    all.add(keeping(history, target, false));
                    all.add(keeping(history, target, true));
                }
            }
        }
        return all;
    }

    /** Every one that planning accepts and that writes rows over. */
    static List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        for (String target : TARGETS) {
            for (Strategy strategy : Strategy.values()) {
                for (boolean incremental : new boolean[] {false, true}) {
                    for (boolean direct : new boolean[] {false, true}) {
                        Combination one = new Combination(target, strategy, incremental, direct);
                        if (one.isPossible()) {
                            all.add(one);
                        }
                    }
                }
            }
        }
        return all;
    }

    private boolean isPossible() {
        boolean makesSense = switch (strategy) {
            case APPEND -> incremental;
            case TRUNCATE_RELOAD -> !incremental;
            case VIEW -> false;
            default -> true;
        };
        boolean fuses =
                target.equals("duckdb") && (strategy == Strategy.APPEND || strategy == Strategy.TRUNCATE_RELOAD);
        return makesSense && (!direct || fuses);
    }

    /** True where rows hold the time of the run that wrote them: when a key was found absent. */
    boolean storesArrival() {
        return history != null && !incremental;
    }

    /** Of the target, in the project. */
    String path() {
        return switch (target) {
            case "duckdb" -> "w.duckdb";
            case "sqlite" -> "w.sqlite";
            default -> "lake";
        };
    }

    /** For a target in the project's folder; one on a server needs {@link #writeHead} as well. */
    void write(Path project) throws IOException {
        Files.createDirectories(project.resolve("data"));
        writeHead(project, "path: " + path() + keepsNothingOld());
        Files.writeString(project.resolve("load.yml"), """
                pipeline:
                  name: load
                  extract:
                    connection: landing
                    path: "%s"
                    strategy: %s
                    columns: {id: bigint, month: date, amount: "decimal(18,2)", note: text%s}
                    %s
                %s
                  load:
                    connection: store
                    table: facts
                    strategy: %s
                    %s
                    max_change: {deleted: 100%%, min_rows: 1000}
                  quality_gates: {pre_load: [{not_null: id}%s], post_load: [{range: {column: id, min: 0}}]}
                %s
                """.formatted(
                        inFolders() ? "month={month}/*.csv" : "*.csv",
                        incremental ? "incremental" : "full",
                        history == null ? "" : ", city: text, size: bigint",
                        incremental ? changedFiles() : "allow_empty: false",
                        direct
                                ? ""
                                : "  transform: {stages: [{name: clean, operations: [{trim: [note]}, {filter: \"id > 0\"}]}]}",
                        strategy.key(),
                        keysOrPartitions(),
                        direct ? "" : ", {range: {column: amount, max: 1000, on_fail: reject, fail_above: 50%}}",
                        direct
                                ? "  error_handling: {max_retries: 0}"
                                : "  error_handling: {strategy: dead-letter, max_rejected: 50%, max_retries: 0}"));
        data(project, "2024-01-15", month("2024-01-15", 1, 40, "first"));
    }

    /** @param settings of the target's connection, as YAML */
    void writeHead(Path project, String settings) throws IOException {
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: crash, id: %s}
                connections:
                  landing: {type: files, path: data}
                  store: {type: %s, %s}
                """.formatted(PROJECT_ID, target, settings));
    }

    /** Only whole folders are whole partitions. */
    private boolean inFolders() {
        return strategy == Strategy.PARTITION_SWAP && incremental;
    }

    private String keepsNothingOld() {
        return target.equals("parquet") ? ", keep_versions: 1, keep_for: 0s" : "";
    }

    private String changedFiles() {
        String files = "files: {changed: content%s}".formatted(inFolders() ? ", reread: partition" : "");
        boolean marked = strategy == Strategy.MERGE || strategy == Strategy.SOFT_DELETE;
        return marked ? files + "\n    deletes: {when: \"note = 'gone'\"}" : files;
    }

    private String keysOrPartitions() {
        return switch (strategy) {
            case APPEND, TRUNCATE_RELOAD, VIEW -> "";
            case PARTITION_SWAP -> "partition_key: {column: month" + (inFolders() ? "}" : ", by: month}");
            case UPSERT, MERGE, SOFT_DELETE ->
                "merge_keys: [id]" + (history == null ? "" : "\n    scd: " + history.declaration(target));
        };
    }

    /** A second month, for the second load; what is kept of the first is confirmed or ended in it. */
    void grow(Path project) throws IOException {
        data(
                project,
                "2024-02-15",
                month("2024-02-15", 41, 60, "first") + (history == null ? "" : month("2024-02-15", 1, 9, "second")));
    }

    /** A new month for everybody; a changed and shortened one where the strategy takes that. */
    void change(Path project) throws IOException {
        if (history != null) {
            changeVersions(project);
            return;
        }
        data(project, "2024-03-15", month("2024-03-15", 61, 90, "third"));
        if (strategy != Strategy.APPEND) {
            data(
                    project,
                    "2024-02-15",
                    month("2024-02-15", 41, 50, "changed") + row(51, "2024-02-15", "51.25", "gone"));
        }
    }

    /**
     * New keys, later values, values that come late between two that are known, and a deletion. A full extract lacks keys
     * that it had.
     */
    private void changeVersions(Path project) throws IOException {
        data(
                project,
                "2024-03-15",
                month("2024-03-15", 61, 70, "third")
                        + month("2024-03-15", 5, 15, "changed")
                        + month("2024-02-01", 1, 8, "late")
                        + row(51, "2024-03-15", "51.25", "gone"));
        if (!incremental) {
            data(project, "2024-02-15", month("2024-02-15", 41, 55, "first") + month("2024-02-15", 1, 9, "second"));
        }
    }

    /** With a fixed time, which positions hold. */
    private void data(Path project, String date, String rows) throws IOException {
        Path file = project.resolve("data")
                .resolve(inFolders() ? "month=" + date + "/rows.csv" : date.substring(0, 7) + ".csv");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                (inFolders() ? "" : "month,") + "id,amount,note" + (history == null ? "" : ",city,size") + "\n" + rows);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2024-04-01T00:00:00Z").plusSeconds(rows.length())));
    }

    /** Every twentieth row is refused by the gate, and the last is filtered out, where the plan is staged. */
    private String month(String date, int from, int to, String note) {
        StringBuilder rows = new StringBuilder();
        for (int id = from; id <= to; id++) {
            rows.append(row(id, date, id % 20 == 0 ? "5000.00" : id + ".25", note));
        }
        return rows.append(row(0, date, "1.00", "filtered")).toString();
    }

    private String row(int id, String date, String amount, String note) {
        String more = history == null ? "" : "," + note + " city," + note.length();
        return (inFolders() ? "" : date + ",") + id + "," + amount + "," + note + more + "\n";
    }

    @Override
    public String toString() {
        String way = incremental ? " incremental" : " full";
        return target + " " + (history == null ? strategy.key() : history) + way + (direct ? " direct" : "");
    }
}
