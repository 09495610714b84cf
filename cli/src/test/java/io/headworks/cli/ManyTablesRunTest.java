package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a SQLite file into a warehouse, each on its own. */
final class ManyTablesRunTest {
    private static final String SHOP = """
            pipeline:
              name: shop
              extract:
                connection: shop_db
                tables: {include: ["*"], exclude: ["tmp_*"]}
                strategy: incremental
                incremental_key: [updated_at, id]
              load: {connection: warehouse, table: "raw_${table}", strategy: upsert}
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void write() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop_db: {type: sqlite, path: shop.db}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        hw.write("pipelines/shop.yml", SHOP);
        source(
                "CREATE TABLE orders (id integer PRIMARY KEY, amount integer, updated_at text)",
                "INSERT INTO orders VALUES (1, 10, '2026-01-01'), (2, 20, '2026-01-02')",
                "CREATE TABLE items (id integer PRIMARY KEY, name text)",
                "INSERT INTO items VALUES (7, 'pen')",
                "CREATE TABLE tmp_orders (id integer)");
    }

    private void source(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Hw.Result run(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    @Test
    void loadsEachTableAndGoesOnFromEachPosition() {
        Hw.Result first = run(0, "run", "shop");
        assertThat(first.out())
                .contains("shop.orders unverified", "shop.items unverified", "2 pipelines: 2 unverified");
        assertThat(hw.rows("SELECT sum(amount), (SELECT count(*) FROM raw_items) FROM raw_orders"))
                .containsExactly("[30,1]");

        source("INSERT INTO orders VALUES (3, 30, '2026-01-03')");
        run(0, "run", "shop.orders");
        assertThat(hw.rows("SELECT count(*) FROM raw_orders")).containsExactly("[3]");
        assertThat(hw.json("log", "shop.orders").get("run"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("rows_inserted", 1L);
        assertThat(hw.run("status").out()).contains("shop.orders", "shop.items");
    }

    @Test
    void aRunThatFindsOnlyWhatIsThereWritesNothing() {
        hw.write("models/totals.sql", """
                /* model
                load: {connection: warehouse, strategy: truncate-reload}
                */
                select sum(amount) as amount from raw_orders
                """);
        run(0, "run", "--all");
        List<?> loads = loads();

        assertThat(run(0, "run", "--all").out())
                .contains(
                        "shop.orders success: nothing to do (every row is already there)",
                        "shop.items success: nothing to do (every row is already there)",
                        "totals success: nothing to do (neither its inputs nor its definition changed");
        assertThat(loads()).hasToString(loads.toString());

        // a change that the key does not show is loaded all the same, and what was looked up before is not believed
        source("UPDATE orders SET amount = 21 WHERE id = 2", "INSERT INTO items VALUES (8, 'ink')");
        run(0, "run", "--all");
        assertThat(hw.rows("SELECT amount, (SELECT count(*) FROM raw_items) FROM totals"))
                .containsExactly("[31,2]");
        run(0, "run", "--all");
        assertThat(loads()).hasSize(loads.size() + 3);
    }

    private List<?> loads() {
        String sql = "SELECT pipeline, run_number FROM headworks.ledger ORDER BY ALL";
        return (List<?>) hw.json("query", sql, "--on", "warehouse").get("rows");
    }

    @Test
    void oneFailingTableStopsNoOtherAndShowsInTheExitCode() {
        source("CREATE TABLE keyless (updated_at text)", "INSERT INTO keyless VALUES ('2026-01-01')");
        Hw.Result ran = run(2, "run", "shop");
        assertThat(ran.out()).contains("3 pipelines: 2 unverified, 1 failed", "shop.keyless failed");

        hw.write("pipelines/shop.yml", SHOP.replace("\"tmp_*\"", "\"tmp_*\", keyless"));
        run(0, "run", "shop");
    }

    @Test
    void aTableWithoutAKeyIsRefusedAlone() {
        source("CREATE TABLE codes (code text PRIMARY KEY)");
        Hw.Result ran = run(2, "run", "--all");
        assertThat(ran.out())
                .contains(
                        "shop.codes skipped: Cannot make a pipeline of codes for shop: it has no column updated_at, id (columns: code)",
                        "3 pipelines: 2 unverified, 1 skipped");
        assertThat(run(2, "plan", "shop").out()).contains("shop.codes cannot be planned");
        assertThat(run(2, "run", "shop.codes").err()).contains("it has no column updated_at, id");
        assertThat(run(0, "run", "--all", "--exclude", "shop.codes").out()).contains("2 pipelines");
    }

    @Test
    void aTableThatVanishedStopsWithTheChoice() {
        run(0, "run", "shop");
        source("DROP TABLE items");
        Hw.Result ran = run(9, "run", "shop");
        assertThat(ran.out())
                .contains(
                        "shop.items skipped: Cannot load shop.items: table items was loaded before and is no longer in shop_db",
                        "exclude: [\"*.items\"]");
        run(0, "run", "shop.orders");
        hw.write("pipelines/shop.yml", SHOP.replace("\"tmp_*\"]", "\"tmp_*\"], vanished: ignore"));
        run(0, "run", "shop");
        hw.write("pipelines/shop.yml", SHOP.replace("\"tmp_*\"", "\"tmp_*\", \"*.items\""));
        run(0, "run", "shop");
    }

    @Test
    void aTableThatAppearedIsLoadedOrWaits() {
        run(0, "run", "shop");
        source("CREATE TABLE notes (id integer PRIMARY KEY)", "INSERT INTO notes VALUES (1)");
        hw.write("pipelines/shop.yml", SHOP.replace("\"tmp_*\"]", "\"tmp_*\"], appeared: stop"));
        assertThat(run(8, "run", "shop").out())
                .contains("shop.notes skipped: Cannot load shop.notes: its table is new in shop_db");
        hw.write("pipelines/shop.yml", SHOP);
        assertThat(run(0, "run", "shop").out()).contains("shop.notes unverified");
    }

    @Test
    void anApprovedPlanIsForTheTablesOfThen() throws Exception {
        Path plan = folder.resolve("shop.plan");
        run(0, "plan", "shop", "--out", plan.toString());
        source("CREATE TABLE notes (id integer PRIMARY KEY)");
        assertThat(run(8, "run", "--plan", plan.toString()).err())
                .contains("Cannot run the approved plan: shop has tables that were not planned: shop.notes");
        source("DROP TABLE notes", "ALTER TABLE items RENAME TO things");
        assertThat(run(8, "run", "--plan", plan.toString()).err()).contains("there is no pipeline shop.items any more");
        source("ALTER TABLE things RENAME TO items");
        run(0, "run", "--plan", plan.toString());
        assertThat(Files.readString(plan)).contains("\"groups\"");
    }

    @Test
    void showsAndListsTables() {
        assertThat(run(0, "ls", "shop").out())
                .contains("shop.items", "shop.orders")
                .doesNotContain("tmp_orders");
        assertThat(run(0, "show", "shop.orders").out())
                .contains("shop.orders → warehouse:raw_orders")
                .containsPattern("load.table +raw_orders +pipelines/shop.yml:8:40");
        assertThat(run(0, "validate").out()).doesNotContain("error");
    }

    @Test
    void aSourceOutOfReachStopsNothingElse() {
        hw.write("data/days.csv", "day\n2026-01-01\n");
        hw.replace("headworks.yml", "connections:\n", "connections:\n  landing: {type: files, path: data}\n");
        hw.write("pipelines/days.yml", """
                pipeline:
                  name: days
                  extract: {connection: landing, path: days.csv}
                  load: {connection: warehouse, table: days, strategy: truncate-reload}
                """);
        folder.resolve("shop.db").toFile().delete();
        Hw.Result all = run(5, "run", "--all");
        assertThat(all.out())
                .contains("days unverified", "shop skipped: Cannot open", "2 pipelines: 1 unverified, 1 skipped");
        assertThat(run(5, "run", "shop").err()).contains("no such file");
        run(0, "run", "days");
        assertThat(hw.json("run", "--all").get("skipped")).isEqualTo(Map.of("shop", message(all)));
    }

    @Test
    void whatIsMadeOfARefusedTableIsHeldBack() {
        hw.write("pipelines/mart.yml", """
                pipeline:
                  name: mart
                  extract: {connection: warehouse, table: raw_orders, columns: [id, amount]}
                  load: {connection: warehouse, table: mart, strategy: truncate-reload}
                ---
                pipeline:
                  name: names
                  extract: {connection: warehouse, table: mart}
                  transform: {stages: [{name: s, operations: [{lookup: {table: raw_items, match: {id: id}, take: [name], missing: keep}}]}]}
                  load: {connection: warehouse, table: names, strategy: truncate-reload}
                """);
        run(0, "run", "--all");
        source("DROP TABLE orders");
        Hw.Result ran = run(9, "run", "--all");
        assertThat(ran.out())
                .contains("mart skipped: Cannot run mart: a table that it is made from was refused")
                .contains("names skipped: Cannot run names: a table that it is made from was refused")
                .contains("shop.items success");
        run(0, "run", "mart");
    }

    private static String message(Hw.Result result) {
        List<String> lines = result.out().lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("shop skipped: "))
                .findFirst()
                .orElseThrow()
                .substring("shop skipped: ".length());
    }
}
