package io.headworks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Start-up as a user feels it: whole processes of {@code ./hw}, the median of ten after one to warm the disk cache. */
final class StartUp {
    private static final int RUNS = 10;

    private record Case(String name, Duration limit, List<String> arguments) {}

    boolean run(PrintStream out) throws IOException, InterruptedException {
        Path project = tenPipelines();
        List<Case> cases = List.of(
                new Case("hw --version", Duration.ofMillis(200), List.of("--version")),
                new Case("hw validate, 10 pipelines", Duration.ofMillis(450), List.of("validate")),
                new Case("hw query \"select 1\"", Duration.ofMillis(550), List.of("query", "select 1")));
        boolean within = true;
        for (Case each : cases) {
            within &= measure(each, project, out);
        }
        return within;
    }

    private static boolean measure(Case each, Path project, PrintStream out) throws IOException, InterruptedException {
        List<Long> millis = new WholeProcess(project, each.arguments()).times(RUNS);
        long median = WholeProcess.median(millis);
        boolean within = median <= each.limit().toMillis();
        out.printf(
                Locale.ROOT,
                "%-28s  %4d ms, limit %d ms  (%d to %d)  %s%n",
                each.name(),
                median,
                each.limit().toMillis(),
                millis.get(0),
                millis.get(RUNS - 1),
                Benchmarks.verdict(within));
        return within;
    }

    private static Path tenPipelines() throws IOException {
        Path project = Path.of("bench/target/start-up").toAbsolutePath();
        Files.createDirectories(project.resolve("data"));
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("data/orders.csv"), "order_id,amount\n1,2.50\n");
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: start_up, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        for (int i = 0; i < 10; i++) {
            Files.writeString(project.resolve("pipelines/orders_" + i + ".yml"), """
                    pipeline:
                      name: orders_%1$d
                      owner: bench
                      extract: {connection: landing, path: orders.csv, strategy: full}
                      transform:
                        stages:
                          - name: clean
                            operations:
                              - cast: {amount: "decimal(18,2)"}
                              - filter: "amount is not null"
                      load:
                        connection: warehouse
                        table: orders_%1$d
                        strategy: upsert
                        merge_keys: [order_id]
                      quality_gates:
                        pre_load:
                          - not_null: order_id
                          - unique: order_id
                    """.formatted(i));
        }
        return project;
    }
}
