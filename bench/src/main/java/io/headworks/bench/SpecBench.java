package io.headworks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code hw validate} on 1,000 generated pipelines with SQL in their operations and checks, as whole processes. */
final class SpecBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final int PIPELINES = Integer.getInteger("headworks.bench.pipelines", 1_000);
    private static final long LIMIT_MILLIS = 1_500;

    boolean run(PrintStream out) throws IOException, InterruptedException {
        List<Long> millis = new WholeProcess(project(), List.of("validate")).times(ROUNDS);
        long median = WholeProcess.median(millis);
        boolean met = median <= LIMIT_MILLIS;
        out.printf(
                Locale.ROOT,
                "hw validate, %,d pipelines     %4d ms, limit %d ms  (%d to %d)  %s%n",
                PIPELINES,
                median,
                LIMIT_MILLIS,
                millis.get(0),
                millis.get(ROUNDS - 1),
                Benchmarks.verdict(met));
        return met;
    }

    private static Path project() throws IOException {
        Path project = Path.of("bench/target/spec").toAbsolutePath();
        Files.createDirectories(project.resolve("data"));
        Files.createDirectories(project.resolve("sql"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: spec, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a11}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        for (int i = 0; i < PIPELINES; i++) {
            Path folder = Files.createDirectories(project.resolve("pipelines/area_" + i % 20));
            Files.writeString(folder.resolve("orders_" + i + ".yml"), pipeline(i));
            Files.writeString(project.resolve("sql/shape_" + i + ".sql"), sql(i));
        }
        return project;
    }

    private static String pipeline(int number) {
        return """
                pipeline:
                  name: orders_%1$d
                  owner: bench
                  tags: [area_%2$d]
                  extract: {connection: landing, path: "orders_%1$d/*.csv", strategy: full}
                  transform:
                    stages:
                      - name: clean
                        operations:
                          - cast: {amount: "decimal(18,2)"}
                          - filter: "amount is not null and status <> 'test %1$d'"
                          - derive: {gross: "amount * 1.%2$02d", month: "date_trunc('month', placed_at)"}
                      - name: shape
                        operations:
                          - sql: sql/shape_%1$d.sql
                  load: {connection: warehouse, table: orders_%1$d, strategy: upsert, merge_keys: [order_id]}
                  quality_gates:
                    pre_load:
                      - not_null: order_id
                      - unique: order_id
                      - sql: {name: no negative, rows: "select * from {{ table }} where gross < -%1$d"}
                """.formatted(number, number % 20);
    }

    private static String sql(int number) {
        return """
                with paid as (
                  select order_id, customer_id, month, gross from {{ input }} where status = 'paid %1$d'
                )
                select order_id, month, gross, sum(gross) over (partition by customer_id order by month) as so_far
                from paid
                where gross > %1$d
                """.formatted(number);
    }
}
