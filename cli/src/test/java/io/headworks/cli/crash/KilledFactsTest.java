package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.Hw;
import io.headworks.core.json.Json;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that write two tables, killed at every point from BEGIN to the record: inferred members with their facts, versions
 * with theirs.
 */
@Tag("slow")
class KilledFactsTest {
    private static final int KILLED = 137;

    @TempDir
    static Path programs;

    private static HwProcess hw;

    @TempDir
    Path folder;

    /** How the two runs that write two tables are done. */
    private interface Step {
        void run(Path project, String pipeline) throws Exception;
    }

    @BeforeAll
    static void unpack() throws Exception {
        hw = HwProcess.prepared(programs).archived(programs, Combination.all().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "postgresql"})
    void areAsNeverKilled(String target) throws Exception {
        Map<String, List<Passing>> passed = new LinkedHashMap<>();
        List<String> right = played(target, (project, pipeline) -> {
            Path trace = folder.resolve("trace-" + pipeline);
            assertThat(hw.runTracing(trace, project, "run", pipeline).exitCode())
                    .isZero();
            passed.put(pipeline, Passing.firstAndLast(Files.readString(trace)));
        });
        assertThat(right).hasSize(8);
        List<String> wrong = new ArrayList<>();
        int kills = 0;
        for (String pipeline : passed.keySet()) {
            for (Passing passing : passed.get(pipeline)) {
                if (passing.isInTarget()) {
                    kills++;
                    List<String> rows = played(target, killing(pipeline, passing));
                    if (!rows.equals(right)) {
                        wrong.add(pipeline + " " + passing + " " + rows);
                    }
                }
            }
        }
        System.out.println(target + ": " + kills + " kills of loads of two tables, " + wrong.size() + " wrong");
        assertThat(wrong).as("not " + right).isEmpty();
        assertThat(kills).isGreaterThan(10);
    }

    /** One of the two is killed, and then run again as the other is. */
    private static Step killing(String killed, Passing passing) {
        return (project, pipeline) -> {
            if (pipeline.equals(killed)) {
                HwProcess.Ended ended = hw.runUntil(passing.toString(), project, "run", pipeline);
                assertThat(ended.exitCode())
                        .as(pipeline + " " + passing + ended)
                        .isEqualTo(KILLED);
            }
            run(project, pipeline);
        };
    }

    /** The rows of both tables after facts that infer members, and versions that change under them. */
    private List<String> played(String target, Step step) throws Exception {
        Path project = folder.resolve(UUID.randomUUID().toString());
        try (Warehouse warehouse = Warehouse.of(target, project)) {
            write(project, warehouse.settings());
            run(project, "customers");
            csv(
                    project,
                    "orders/one",
                    "order_id,customer_id,placed_at",
                    "1,1,2024-02-01",
                    "2,7,2024-02-01",
                    "3,8,2024-02-20");
            step.run(project, "orders");
            csv(
                    project,
                    "customers/two",
                    "customer_id,city,updated_at",
                    "1,Bari,2024-01-15",
                    "7,Pisa,2024-02-10",
                    "8,Oslo,2024-01-01",
                    "8,Lund,2024-02-10");
            step.run(project, "customers");
            return rows(project);
        }
    }

    /** Where the tables are: a file of the project, or a database of its own. */
    private record Warehouse(String settings, Runnable drop) implements AutoCloseable {
        static Warehouse of(String target, Path project) throws IOException {
            if (!ServerDatabases.has(target)) {
                return new Warehouse("type: duckdb, path: warehouse.duckdb", () -> {});
            }
            TestDatabase database = ServerDatabases.of(target).make();
            Files.createDirectories(project);
            Files.writeString(project.resolve("password"), database.password());
            return new Warehouse(
                    "type: %s, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\""
                            .formatted(target, database.port(), database.name(), database.user()),
                    database::close);
        }

        @Override
        public void close() {
            drop.run();
        }
    }

    private static void run(Path project, String pipeline) {
        Hw.Result result = new Hw(project).run("run", pipeline);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private static List<String> rows(Path project) {
        Object rows = new Hw(project)
                .json(
                        "query",
                        "select 'order', order_id::text, customer_sk::text, placed_at::text from orders union all select"
                                + " city, customer_id::text, customer_sk::text, valid_from::text from customers order by"
                                + " all")
                .get("rows");
        return ((List<?>) Objects.requireNonNull(rows))
                .stream().map(Json::compact).toList();
    }

    private static void csv(Path project, String name, String... lines) throws IOException {
        Path file = project.resolve("data/" + name + ".csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static void write(Path project, String warehouse) throws IOException {
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {%s}
                """.formatted(warehouse));
        Files.writeString(project.resolve("pipelines/both.yml"), """
                pipeline:
                  name: customers
                  extract:
                    connection: landing
                    path: "customers/*.csv"
                    strategy: incremental
                    columns: {customer_id: bigint, city: text, updated_at: timestamp}
                  load:
                    connection: warehouse
                    table: customers
                    strategy: merge
                    merge_keys: [customer_id]
                    scd: {default: 2, valid_at: updated_at, names: {surrogate: customer_sk}}
                ---
                pipeline:
                  name: orders
                  extract:
                    connection: landing
                    path: "orders/*.csv"
                    strategy: incremental
                    columns: {order_id: bigint, customer_id: bigint, placed_at: timestamp}
                  transform:
                    stages:
                      - name: enrich
                        operations:
                          - lookup: {table: customers, match: {customer_id: customer_id}, as_of: placed_at, take: [customer_sk], missing: infer, rekey: 36500d}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [order_id]}
                """);
        csv(project, "customers/one", "customer_id,city,updated_at", "1,Rome,2024-01-01");
    }
}
