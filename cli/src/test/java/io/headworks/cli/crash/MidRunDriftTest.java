package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that changes while a run reads it: what is loaded is of one generation, or nothing is. */
@Tag("ci")
final class MidRunDriftTest {
    private static final String PROJECT = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              shop: %s
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;
    private static final String PIPELINE = """
            pipeline:
              name: orders
              extract: {connection: shop, %s, strategy: full}
              load: {connection: warehouse, table: orders, strategy: merge, merge_keys: [id]}
              quality_gates: {post_load: [{not_null: id}]}
              error_handling: {max_retries: 0}
            """;

    @TempDir
    Path temporary;

    private Path folder;
    private Hw hw;

    @BeforeEach
    void project() throws Exception {
        folder = Files.createDirectories(temporary.resolve("project"));
        Files.createDirectories(folder.resolve("data"));
        hw = new Hw(folder);
    }

    private void write(String connection, String what) throws Exception {
        Files.writeString(folder.resolve("headworks.yml"), PROJECT.formatted(connection));
        Files.writeString(folder.resolve("orders.yml"), PIPELINE.formatted(what));
    }

    private void csv(String name, String... lines) throws Exception {
        Files.writeString(folder.resolve("data").resolve(name), String.join("\n", lines) + "\n");
    }

    private void firstRun() {
        Hw.Result first = hw.run("run", "orders");
        assertThat(first.exitCode()).as(first.toString()).isZero();
    }

    private List<?> orders(String columns) {
        Map<String, Object> answer = hw.json("query", "select " + columns + " from orders order by 1");
        return (List<?>) Objects.requireNonNull(answer.get("rows"));
    }

    private HeldProcess held() throws Exception {
        return HwProcess.prepared(temporary.resolve("hw")).hold(FailPoint.K4, folder, "run", "orders");
    }

    @Test
    void aHeaderThatChangesAfterTheLookLoadsNothing() throws Exception {
        write("{type: files, path: data}", "path: '*.csv'");
        csv("1.csv", "id,amount,paid", "1,10,11", "2,20,21");
        firstRun();
        csv("1.csv", "id,amount,paid", "1,100,110", "2,200,210");
        try (HeldProcess run = held()) {
            csv("1.csv", "id,paid,amount", "1,110,100", "2,210,200");
            run.release();

            assertThat(run.exitCode()).as(run.output()).isNotZero();
            assertThat(run.output()).contains("in the meantime");
        }
        assertThat(orders("id, amount, paid")).hasToString("[[1, 10, 11], [2, 20, 21]]");
        firstRun();
        assertThat(orders("id, amount, paid")).hasToString("[[1, 100, 110], [2, 200, 210]]");
    }

    @Test
    void filesOfOneRunMayHaveHeadersOfTheirOwn() throws Exception {
        write("{type: files, path: data}", "path: '*.csv'");
        csv("1.csv", "id,amount,paid", "1,10,11");
        csv("2.csv", "paid,id,amount", "21,2,20");
        csv("3.csv", "amount,paid,id", "30,31,3");
        firstRun();

        assertThat(orders("id, amount, paid"))
                .as("each value under its own name")
                .hasToString("[[1, 10, 11], [2, 20, 21], [3, 30, 31]]");
    }

    @Test
    void aTableOfPostgresThatSomebodyWaitsToAlterIsLeftToHim() throws Exception {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            Files.writeString(folder.resolve("password"), database.password());
            write(
                    "{type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\"}"
                            .formatted(database.port(), database.name(), database.user()),
                    "table: orders");
            database.run(
                    "create table orders (id bigint primary key, amount bigint, paid bigint)",
                    "insert into orders select i, i * 10, i * 10 + 1 from generate_series(1, 3) i");
            firstRun();
            database.run("update orders set amount = amount * 10, paid = paid * 10");
            Thread altering = new Thread(() -> database.run(
                    "alter table orders rename column amount to total",
                    "alter table orders rename column paid to amount"));
            try (HeldProcess run = held()) {
                altering.start();
                while (altering.isAlive() && waiting(database) == 0) {
                    Thread.onSpinWait();
                }
                run.release();

                assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
                assertThat(run.output()).contains("lock timeout");
            }
            altering.join();
            assertThat(orders("id, amount, paid"))
                    .as("no value of paid came in as amount")
                    .hasToString("[[1, 10, 11], [2, 20, 21], [3, 30, 31]]");
            assertThat(hw.run("run", "orders").exitCode())
                    .as("the next run sees what became of it")
                    .isEqualTo(6);
        }
    }

    private static int waiting(TestDatabase database) {
        return database.texts("select 1 from pg_locks where not granted").size();
    }

    @Test
    void aTableOfSqliteCannotBeAlteredMeanwhile() throws Exception {
        write("{type: sqlite, path: shop.db}", "table: orders");
        sqlite(
                "create table orders (id integer primary key, amount integer, paid integer)",
                "insert into orders values (1, 10, 11), (2, 20, 21)");
        firstRun();
        sqlite("update orders set amount = amount * 10, paid = paid * 10");
        try (HeldProcess run = held()) {
            assertThatThrownBy(() -> sqlite("alter table orders rename column amount to total"))
                    .hasMessageContaining("locked");
            run.release();

            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        assertThat(orders("id, amount, paid")).hasToString("[[1, 100, 110], [2, 200, 210]]");
    }

    private void sqlite(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
