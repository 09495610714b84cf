package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.Hw;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that are looked at side by side and loaded into one file one after the other, by one process and by several: some
 * have changed, and each change is loaded once.
 */
@Tag("ci")
final class TablesAtOnceTest {
    private static final int TABLES = 8;
    private static final int HELD = 4;

    @TempDir
    Path folder;

    private Path project;

    private void write(String target) throws Exception {
        project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop_db: {type: sqlite, path: shop.db}
                  warehouse: {type: %s, path: warehouse.db}
                """.formatted(target));
        Files.writeString(project.resolve("shop.yml"), """
                pipeline:
                  name: shop
                  extract: {connection: shop_db, tables: {include: ["*"]}, strategy: incremental, incremental_key: id}
                  load: {connection: warehouse, table: "raw_${table}", strategy: upsert}
                """);
        for (int i = 0; i < TABLES; i++) {
            source(
                    "CREATE TABLE t" + i + " (id integer PRIMARY KEY, amount integer)",
                    "INSERT INTO t" + i + " VALUES (1, 10), (2, 20)");
        }
        Hw.Result first = new Hw(project).run("run", "shop");
        assertThat(first.exitCode()).as(first.toString()).isZero();
    }

    private void source(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Two rows more in every second table, and its last known row changed. */
    private void change() throws SQLException {
        for (int i = 0; i < TABLES; i += 2) {
            source("UPDATE t" + i + " SET amount = 21 WHERE id = 2", "INSERT INTO t" + i + " VALUES (3, 30), (4, 40)");
        }
    }

    private List<?> rows(String sql) {
        Hw.Result asked = new Hw(project).run("query", sql, "--on", "warehouse", "--wait", "60s", "--output", "json");
        assertThat(asked.exitCode()).as(asked.toString()).isZero();
        return (List<?>) Objects.requireNonNull(asked.document().get("rows"));
    }

    private void requireEachChangeOnce() {
        for (int i = 0; i < TABLES; i++) {
            String all = i % 2 == 0 ? "[[1, 10], [2, 21], [3, 30], [4, 40]]" : "[[1, 10], [2, 20]]";
            assertThat(rows("SELECT id, amount FROM raw_t" + i + " ORDER BY 1, 2"))
                    .hasToString(all);
        }
        assertThat(rows("SELECT dataset, count(*), sum(rows_inserted), sum(rows_updated) FROM headworks.ledger"
                        + " GROUP BY dataset ORDER BY dataset"))
                .as("loads of each table, and what they say they wrote")
                .hasSize(TABLES)
                .allSatisfy(row -> {
                    int table = Integer.parseInt(row.toString().replaceAll("^\\[warehouse:raw_t(\\d+),.*", "$1"));
                    assertThat(row)
                            .hasToString("[warehouse:raw_t" + table + (table % 2 == 0 ? ", 2, 4, 1]" : ", 1, 2, 0]"));
                });
    }

    @Test
    void oneProcessLooksAtSeveralWhileItLoadsOthers() throws Exception {
        write("duckdb");
        change();
        Hw.Result ran = new Hw(project).run("run", "shop", "--parallel", "4");
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("t0 unverified: ", "t1 success: nothing to do (every row is already there)");
        requireEachChangeOnce();
    }

    @Test
    void threeProcessesLoadEachChangeOnce() throws Exception {
        write("duckdb");
        change();
        HwProcess hw = HwProcess.prepared(folder.resolve("hw"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<HwProcess.Ended> start = () -> hw.run(project, "run", "shop", "--parallel", "3");
            List<HwProcess.Ended> ended = new ArrayList<>();
            for (Future<HwProcess.Ended> each : threads.invokeAll(Collections.nCopies(3, start))) {
                ended.add(each.get());
            }
            assertThat(ended)
                    .allSatisfy(each ->
                            assertThat(each.exitCode()).as(each.output()).isIn(0, HELD));
        } finally {
            threads.shutdownNow();
        }
        Hw.Result last = new Hw(project).run("run", "shop");
        assertThat(last.exitCode()).as(last.toString()).isZero();
        requireEachChangeOnce();
    }
}
