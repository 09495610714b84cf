package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What was approved is what runs, or nothing does. */
final class ApprovedPlanTest {
    private static final String ORDERS = "pipelines/orders.yml";
    private static final String ITEMS = "pipelines/items.yml";

    @TempDir
    Path temporary;

    /** A project whose pipelines ran once, with something new for each. */
    private Hw project(String name) {
        Hw hw = new Hw(temporary.resolve(name.replaceAll("\\W+", "-")));
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                variables:
                  country: {default: IT, allowed: [IT, FR]}
                connections:
                  landing: {type: files, path: data}
                  shop_db: {type: sqlite, path: shop.db}
                  warehouse: {type: duckdb, path: dev.duckdb}
                environments:
                  dev: {default: true}
                  prod: {guard: true, connections: {warehouse: {path: prod.duckdb}}}
                  other: {connections: {warehouse: {path: other.duckdb}}}
                """);
        hw.write(ORDERS, """
                pipeline:
                  name: orders
                  extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                  transform:
                    stages:
                      - name: clean
                        operations:
                          - map_codes: {column: status, with: codes/status.csv, unknown: keep}
                          - sql: sql/shape.sql
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                  quality_gates: {pre_load: [{not_null: id}]}
                """);
        hw.write("codes/status.csv", "code,value\\nP,paid\\n".replace("\\n", "\n"));
        hw.write("sql/shape.sql", "select *, '{{ var.country }}' as country from {{ input }}".replace("'", ""));
        hw.write("data/orders/1.csv", "id,status\n1,P\n");
        hw.write(ITEMS, """
                pipeline:
                  name: items
                  extract: {connection: shop_db, table: items, strategy: incremental, incremental_key: id}
                  load: {connection: warehouse, table: items, strategy: merge, merge_keys: [id]}
                """);
        source(hw, "CREATE TABLE items (id integer PRIMARY KEY, name text)", "INSERT INTO items VALUES (1, 'pen')");
        ran(hw, 0, "run", "--all", "--env", "prod", "--force", "first load");
        hw.write("data/orders/2.csv", "id,status\n2,P\n");
        source(hw, "INSERT INTO items VALUES (2, 'ink')");
        ran(hw, 0, "plan", "--env", "prod", "--out", plan(hw));
        return hw;
    }

    private static String plan(Hw hw) {
        return hw.folder().resolve("change.plan").toString();
    }

    private static void source(Hw hw, String... statements) {
        execute("jdbc:sqlite:" + hw.folder().resolve("shop.db"), statements);
    }

    private static void target(Hw hw, String... statements) {
        execute("jdbc:duckdb:" + hw.folder().resolve("prod.duckdb"), statements);
    }

    private static void execute(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Hw.Result ran(Hw hw, int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private static List<String> rows(Hw hw, String sql) {
        List<?> rows = (List<?>) hw.json("query", sql, "--env", "prod").getOrDefault("rows", List.of());
        return rows.stream().map(String::valueOf).toList();
    }

    @Test
    void runsWhenNothingChanged() {
        Hw hw = project("unchanged");
        ran(hw, 8, "run", "--all", "--env", "prod");
        hw.replace(ORDERS, "name: orders\n", "name: orders\n  description: said later\n");
        ran(hw, 0, "run", "--env", "prod", "--plan", plan(hw));
        assertThat(rows(hw, "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM items)"))
                .containsExactly("[2, 2]");
    }

    private static Map<String, Consumer<Hw>> changes() {
        Map<String, Consumer<Hw>> ways = new LinkedHashMap<>();
        ways.put("a new file", hw -> hw.write("data/orders/3.csv", "id,status\n3,P\n"));
        ways.put("another content of the same length", hw -> hw.write("data/orders/2.csv", "id,status\n9,P\n"));
        ways.put("a file that was loaded before changed", hw -> hw.write("data/orders/1.csv", "id,status\n1,Q\n"));
        ways.put("a file under another name", hw -> {
            hw.folder().resolve("data/orders/2.csv").toFile().delete();
            hw.write("data/orders/2b.csv", "id,status\n2,P\n");
        });
        ways.put(
                "a file that is gone",
                hw -> hw.folder().resolve("data/orders/2.csv").toFile().delete());
        ways.put("another column in a file", hw -> hw.write("data/orders/2.csv", "id,status,note\n2,P,x\n"));
        ways.put("the strategy", hw -> hw.replace(ORDERS, "strategy: upsert", "strategy: merge"));
        ways.put("the merge keys", hw -> hw.replace(ORDERS, "[id]}\n", "[id, status]}\n"));
        ways.put("the table", hw -> hw.replace(ORDERS, "table: orders", "table: orders2"));
        ways.put(
                "the breaker",
                hw -> hw.replace(ORDERS, "merge_keys: [id]", "merge_keys: [id], max_change: {changed: 1%}"));
        ways.put("a check", hw -> hw.replace(ORDERS, "{not_null: id}", "{not_null: status}"));
        ways.put(
                "how a check is met",
                hw -> hw.replace(ORDERS, "{not_null: id}", "{not_null: {column: id, fail_above: 5}}"));
        ways.put("an operation", hw -> hw.replace(ORDERS, "unknown: keep", "unknown: reject"));
        ways.put("SQL in a file of its own", hw -> hw.write("sql/shape.sql", "select * from {{ input }}"));
        ways.put("codes in a file of their own", hw -> hw.write("codes/status.csv", "code,value\nP,Paid\n"));
        ways.put(
                "the columns that are read",
                hw -> hw.replace(ITEMS, "table: items, strategy: inc", "table: items, columns: [id], strategy: inc"));
        ways.put(
                "a condition",
                hw -> hw.replace(
                        ITEMS, "table: items, strategy: inc", "table: items, where: \"id > 0\", strategy: inc"));
        ways.put(
                "what happens to rejected rows",
                hw -> hw.replace(ORDERS, "  quality", "  error_handling: {strategy: dead-letter}\n  quality"));
        ways.put("the default of a variable", hw -> hw.replace("headworks.yml", "default: IT", "default: FR"));
        ways.put("where the source is", hw -> {
            hw.replace("headworks.yml", "path: shop.db", "path: copy.db");
            execute(
                    "jdbc:sqlite:" + hw.folder().resolve("copy.db"),
                    "CREATE TABLE items (id integer PRIMARY KEY, name text)",
                    "INSERT INTO items VALUES (1, 'pen'), (2, 'ink')");
        });
        ways.put("where the target is", hw -> hw.replace("headworks.yml", "prod.duckdb", "new.duckdb"));
        ways.put("a column of the source", hw -> source(hw, "ALTER TABLE items ADD COLUMN price integer"));
        ways.put(
                "a column of the target",
                hw -> target(hw, "ALTER TABLE items ADD COLUMN name2 text", "ALTER TABLE items DROP COLUMN name"));
        ways.put("the position", hw -> ran(hw, 0, "run", "items", "--env", "prod", "--force", "in between"));
        ways.put(
                "a pipeline that is gone",
                hw -> hw.folder().resolve(ITEMS).toFile().delete());
        return ways;
    }

    @TestFactory
    List<DynamicTest> refusesWhatChanged() {
        List<DynamicTest> tests = new ArrayList<>();
        changes()
                .forEach((name, change) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                    Hw hw = project(name);
                    change.accept(hw);
                    List<String> before = rows(hw, "SELECT count(*) FROM headworks.ledger");
                    Hw.Result result = hw.run("run", "--env", "prod", "--plan", plan(hw));
                    assertThat(result.exitCode())
                            .as(result.out() + result.err())
                            .isEqualTo(8);
                    assertThat(rows(hw, "SELECT count(*) FROM headworks.ledger"))
                            .isEqualTo(before);
                })));
        assertThat(tests).hasSizeGreaterThanOrEqualTo(20);
        return tests;
    }

    @Test
    void refusesAnotherCommandLine() {
        Hw hw = project("another command line");
        ran(hw, 8, "run", "--env", "prod", "--plan", plan(hw), "--var", "country=FR");
        ran(hw, 8, "run", "--env", "other", "--plan", plan(hw));
        ran(hw, 2, "run", "orders", "--env", "prod", "--plan", plan(hw));
    }
}
