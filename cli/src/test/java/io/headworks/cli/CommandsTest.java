package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on the project that {@code hw init} makes. */
final class CommandsTest {
    @TempDir
    Path temporary;

    private Hw hw;

    @BeforeEach
    void init() {
        Path folder = temporary.resolve("shop");
        assertThat(Hw.runAnywhere("init", folder.toString()).exitCode()).isZero();
        hw = new Hw(folder);
    }

    @Test
    void initRefusesToWriteOverAProject() {
        Hw.Result again = Hw.runAnywhere("init", hw.folder().toString());

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .contains(
                        "Cannot make a project in",
                        "headworks.yml, pipelines/orders.yml, data/orders.csv",
                        "hw init DIR");
    }

    @Test
    void whatInitWritesValidatesAndRuns() {
        assertThat(hw.run("validate").out()).contains("valid: shop, environment default, 1 pipeline");

        Hw.Result run = hw.run("run", "orders");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("orders success: 6 read, 6 inserted, 4 checks passed");
        assertThat(hw.rows("select order_id, status, amount, ordered_at, is_large from orders order by 1 limit 3"))
                .containsExactly(
                        "[1,\"paid\",120.00,\"2026-01-05T09:30:00\",true]",
                        "[2,\"shipped\",35.50,\"2026-01-05T11:02:00\",false]",
                        "[3,\"pending\",80.25,\"2026-01-06T08:15:00\",false]");
        assertThat(hw.run("run", "orders").out()).contains("orders success: nothing to do (no new file");
    }

    @Nested
    class Validate {
        @Test
        void showsEveryProblemWithItsPlace() {
            hw.replace("pipelines/orders.yml", "strategy: upsert", "stratgy: upsert");
            hw.replace("pipelines/orders.yml", "connection: warehouse", "connection: warehose");

            Hw.Result result = hw.run("validate");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out())
                    .contains(
                            "pipelines/orders.yml:19:5: error:",
                            "pipelines/orders.yml:21:5: error: Cannot use key 'stratgy' in load",
                            "warehose",
                            "3 errors");
            Map<String, Object> document = hw.json("validate");
            assertThat((List<?>) document.get("problems")).hasSize(3);
        }

        @Test
        void otherCommandsRefuseABrokenProject() {
            hw.replace("pipelines/orders.yml", "strategy: upsert", "stratgy: upsert");

            Hw.Result result = hw.run("run", "--all", "--output", "json");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("hw: Cannot use the project: 2 errors in its files", "hw validate");
            assertThat(((Map<?, ?>) result.document().get("error")).keySet().toString())
                    .contains("code", "message", "hint", "problems");
        }
    }

    @Test
    void aFolderWithoutAProjectIsRefused() {
        Hw.Result result = new Hw(temporary).run("validate");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).contains("Cannot read the project: there is no headworks.yml in");
    }

    @Test
    void aFailureIsOneDocumentOnStandardOutput() {
        Hw.Result result = hw.run("log", "nobody", "--output", "json");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.document()).containsOnlyKeys("error");
        assertThat(result.out()).contains("Cannot find run 'nobody'", "\"exit_code\" : 2");
    }

    @Test
    void aWrongCommandLineIsOneDocumentToo() {
        Hw.Result result = hw.run("runs", "--limit", "many", "--output", "json");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.document()).containsOnlyKeys("error");
        assertThat(result.err()).contains("Cannot run hw runs: invalid value for option '--limit'");
    }

    @Nested
    class Query {
        @Test
        void keepsWhatADoubleWouldBend() {
            hw.run("run", "orders");

            assertThat(hw.rows("select 9007199254740993::bigint, 42::bigint, 0.1::decimal(3,1),"
                            + " 12345678901234567890.12::decimal(22,2), timestamptz '2024-03-31 01:30:00+00',"
                            + " date '2024-02-29', 'NaN'::double, null::integer, true"))
                    .containsExactly("[\"9007199254740993\",42,0.1,\"12345678901234567890.12\","
                            + "\"2024-03-31T01:30:00Z\",\"2024-02-29\",\"NaN\",null,true]");
        }

        @Test
        void takesABareNull() {
            assertThat(hw.rows("select null")).containsExactly("[null]");
            assertThat(hw.rows("select 1 as a, null as b order by a")).containsExactly("[1,null]");
        }

        @Test
        void readsFilesAndOurOwnTables() {
            hw.run("run", "orders");

            assertThat(hw.rows("select count(*) from \"landing:orders.csv\"")).containsExactly("[6]");
            assertThat(hw.rows("select pipeline, rows_inserted from headworks.ledger"))
                    .containsExactly("[\"orders\",6]");
        }

        @Test
        void isAnsweredAlsoWhileSqlOfThePipelinesIsBroken() {
            hw.write(
                    "checks/broken.yml",
                    "checks: {table: warehouse:orders, run: [{sql: {name: all, rows: selec 1}}]}\n");

            assertThat(hw.run("validate").exitCode()).isEqualTo(2);
            assertThat(hw.rows("select 1")).containsExactly("[1]");
        }

        @Test
        void changesNothing() {
            hw.run("run", "orders");

            assertThat(hw.run("query", "delete from orders").exitCode()).isEqualTo(2);
            assertThat(hw.run("query", "select 1; select 2").exitCode()).isEqualTo(2);
            assertThat(hw.run("query", "copy orders to 'x.csv'").exitCode()).isEqualTo(2);
            assertThat(hw.rows("select count(*) from orders")).containsExactly("[6]");
        }

        @Test
        void namesTheNearestTable() {
            hw.run("run", "orders");

            Hw.Result result = hw.run("query", "select * from order");
            assertThat(result.exitCode()).isEqualTo(2);
            result = hw.run("query", "select * from ordrs");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("there is no such table; did you mean orders?");
        }

        @Test
        void beforeTheFirstRunThereIsNoTableAndNoFileIsMade() {
            assertThat(hw.run("query", "select * from orders").exitCode()).isEqualTo(2);
            assertThat(hw.folder().resolve("warehouse.duckdb")).doesNotExist();
        }

        @Test
        void saysWhenThereIsMore() {
            Hw.Result result = hw.run("query", "select * from range(5)", "--limit", "2");

            assertThat(result.exitCode()).isZero();
            assertThat(result.out().lines()).hasSize(3);
            assertThat(result.err()).contains("there are more rows");
        }
    }

    @Nested
    class DeadLetter {
        @BeforeEach
        void aBadRow() {
            hw.write(
                    "data/orders2.csv",
                    "order_id,customer,status,amount,ordered_at\n7,Linus,lost,9.99,2026-01-08 10:00:00\n"
                            + "8,Margaret,paid,1234567890123456.78,2026-01-08 10:00:00\n");
            assertThat(hw.run("run", "orders").exitCode()).isZero();
        }

        @Test
        void isListedWithItsReason() {
            Hw.Result result = hw.run("deadletter", "list");

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("orders2.csv", "status", "'lost'");
        }

        @Test
        void isLoadedByAReplayOnceTheCheckIsCorrected() {
            hw.replace("pipelines/orders.yml", "[pending, paid, shipped]", "[pending, paid, shipped, lost]");

            Hw.Result replay = hw.run("deadletter", "replay", "orders");

            assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
            assertThat(hw.rows("select order_id, customer, status, amount from orders where order_id = 7"))
                    .containsExactly("[7,\"Linus\",\"lost\",9.99]");
            assertThat(hw.run("deadletter", "list").out()).contains("no row waits");
            assertThat(hw.rows("select kind, rows_inserted from headworks.ledger order by run_number"))
                    .containsExactly("[\"live\",7]", "[\"repair\",1]");
            assertThat(hw.run("deadletter", "replay", "orders").out())
                    .contains("nothing to do (no row waits in the dead letter)");
            assertThat(hw.run("run", "orders").out()).contains("nothing to do");
        }

        @Test
        void staysWhereItIsWhenItIsRefusedAgain() {
            Hw.Result replay = hw.run("deadletter", "replay", "orders");

            assertThat(replay.exitCode()).isEqualTo(3);
            assertThat(replay.out()).contains("Cannot replay dead letters of orders: all 1 rows are refused again");
            assertThat((List<?>) hw.json("deadletter", "list").get("dead_letters"))
                    .hasSize(1);
        }
    }

    @Nested
    class State {
        @Test
        void isRebuiltFromTheTargetsWhenItIsDamaged() throws Exception {
            hw.run("run", "orders");
            Path file = hw.folder().resolve(".headworks/state.db");
            Files.deleteIfExists(file.resolveSibling("state.db-wal"));
            byte[] bytes = Files.readAllBytes(file);
            java.util.Arrays.fill(bytes, 0, 100, (byte) 0x5a);
            Files.write(file, bytes);

            Hw.Result broken = hw.run("runs");
            assertThat(broken.exitCode()).isEqualTo(1);
            assertThat(broken.err()).contains("Cannot use the state file", "it is damaged", "hw state rebuild");

            Hw.Result rebuilt = hw.run("state", "rebuild");

            assertThat(rebuilt.exitCode()).isZero();
            assertThat(rebuilt.out()).contains("rebuilt from 1 ledger rows and 1 run documents", "the old one is");
            assertThat(hw.run("status").out()).contains("orders", "success", "1 file");
            assertThat(hw.run("run", "orders").out()).contains("nothing to do");
        }

        @Test
        void isBackedUp() {
            hw.run("run", "orders");
            Path backup = temporary.resolve("backup.db");

            assertThat(hw.run("state", "backup", backup.toString()).exitCode()).isZero();

            assertThat(backup).isNotEmptyFile();
            assertThat(hw.run("state", "backup", backup.toString()).err()).contains("it exists");
        }

        @Test
        void isPurgedButForTheNewestRuns() {
            hw.run("run", "orders");
            hw.run("run", "orders");
            hw.run("run", "orders");

            Hw.Result purged = hw.run("state", "purge", "--runs", "1");

            assertThat(purged.exitCode()).isZero();
            assertThat(purged.out()).contains("removed 2 runs");
            assertThat((List<?>) hw.json("runs").get("runs")).hasSize(1);
        }
    }

    @Test
    void aCheckFileIsRun() {
        hw.write("checks/orders.yml", """
                checks:
                  table: warehouse:orders
                  run:
                    - unique: order_id
                    - range: {column: amount, max: 200, name: not too large}
                """);
        hw.run("run", "orders");

        Hw.Result result = hw.run("check");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("not too large", "failed", "passed", "\"order_id\":5");
        assertThat(hw.run("check", "order").exitCode()).isEqualTo(2);
        assertThat(hw.run("check", "orders").exitCode()).isEqualTo(1);
    }

    @Test
    void connectionsAreListedTestedAndLookedInto() {
        hw.run("run", "orders");

        assertThat(hw.run("connection", "list").out()).contains("landing", "files", "warehouse", "duckdb");
        assertThat(hw.run("connection", "test").exitCode()).isZero();
        assertThat(hw.run("connection", "tables", "warehouse").out().strip()).isEqualTo("orders");
        assertThat(hw.run("connection", "tables", "nowhere").exitCode()).isEqualTo(2);
        assertThat(hw.run("preview", "orders.csv").out()).contains("delimiter", "customer", "Grace");
        assertThat(hw.run("setup", "warehouse", "--print-sql").out()).contains("ledger", "dead_letter");
    }

    @Test
    void secretsOfTheProjectAreMasked() {
        hw.write("token.txt", "s3cr3t-token-value");
        hw.replace(
                "headworks.yml",
                "defaults:",
                "variables:\n  token: {type: text, default: \"${file:token.txt}\"}\ndefaults:");

        Hw.Result result = hw.run("query", "select 's3cr3t-token-value' as t");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("***").doesNotContain("s3cr3t");
    }
}
