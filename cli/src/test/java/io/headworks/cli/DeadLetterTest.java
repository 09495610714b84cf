package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused rows from the day they are refused to the day they are forgotten. */
final class DeadLetterTest {
    private static final String EXTRACT = "extract: {connection: landing, path: '*.csv', strategy: incremental,"
            + " columns: {id: bigint, amount: bigint, email: text}}";
    private static final String LOAD = """
            load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
            """;
    private static final String ERRORS = "error_handling: {strategy: dead-letter, max_rejected: 90%}";
    private static final String CHECK =
            "quality_gates: {pre_load: [{range: {column: amount, max: 1000, on_fail: reject, fail_above: 90%}}]}";

    @TempDir
    Path folder;

    private Shop shop;
    private Hw hw;
    private Path fix;

    @BeforeEach
    void twoOfFourRowsAreRefused() {
        shop = new Shop(folder, "duckdb")
                .pipeline(EXTRACT, LOAD, CHECK, ERRORS)
                .file("1.csv", "id,amount,email", "1,10,a@x.de", "2,2000,b@x.de", "3,thirty,c@x.de", "4,40,");
        hw = shop.hw();
        fix = folder.resolve("fix.jsonl");
        ran(0, "run", "orders");
    }

    private Hw.Result ran(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        return result;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(fix);
    }

    private List<String> orders() {
        return hw.rows("select id, amount from orders order by id");
    }

    private List<String> waiting() {
        return hw.rows("select code from headworks.dead_letter where resolved_run_id is null order by code");
    }

    /** A line of the file with another row, as JSON. */
    private static String corrected(String line, String row) {
        Map<String, Object> tree = Json.readObject(line);
        tree.put("row", Json.read(row));
        return Json.compact(tree);
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("warehouse.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everyRowIsAccountedFor() {
        Map<String, Object> run = shop.log();

        assertThat(List.of(run.get("rows_extracted"), run.get("rows_inserted"), run.get("rows_rejected")))
                .hasToString("[4, 2, 2]");
        assertThat(hw.rows("select rows_rejected from headworks.ledger")).containsExactly("[2]");
        assertThat(hw.rows("select stage, rule is not null, raw is not null, line from headworks.dead_letter"
                        + " order by line"))
                .containsExactly("[\"gate\",true,false,3]", "[\"extract\",false,true,4]");
    }

    @Test
    void whatAContractSaysIsAboutPersonsIsNotShown() {
        hw.write("contracts/orders.yml", """
                contract:
                  name: orders
                  version: 1.0.0
                  table: warehouse:orders
                  schema: [{column: amount, type: bigint, pii: true}]
                """);
        shop.file("2.csv", "id,amount,email", "5,5000,e@x.de", "6,60,");
        ran(0, "run", "orders");

        assertThat(hw.rows("select reason from headworks.dead_letter where payload like '%5000%'"))
                .containsExactly("[\"Cannot accept amount: '***' (allowed: <= 1000)\"]");
        String list = ran(0, "deadletter", "list", "orders", "--output", "json").out();
        assertThat(list).doesNotContain("2000", "5000").contains("«masked»");
    }

    @Nested
    class Corrected {
        private String ofCheck;
        private String unread;

        @BeforeEach
        void exported() throws IOException {
            assertThat(ran(0, "deadletter", "export", "orders", "--out", fix.toString())
                            .out())
                    .contains("2 rows in ", "hw deadletter replay orders --from ");
            ofCheck = lines().stream()
                    .filter(line -> line.contains("2000"))
                    .findFirst()
                    .orElseThrow();
            unread = lines().stream()
                    .filter(line -> line.contains("thirty"))
                    .findFirst()
                    .orElseThrow();
        }

        private Hw.Result replayed(int exitCode, String... lines) {
            hw.write("fix.jsonl", String.join("\n", lines) + "\n");
            return ran(exitCode, "deadletter", "replay", "orders", "--from", fix.toString());
        }

        @Test
        void rowsAreLoadedOnce() {
            String[] both = {
                corrected(ofCheck, "{\"id\": 2, \"amount\": 200, \"email\": \"b@x.de\"}"),
                corrected(unread, "{\"id\": 3, \"amount\": 30, \"email\": null}")
            };
            replayed(0, both);

            assertThat(orders()).containsExactly("[1,10]", "[2,200]", "[3,30]", "[4,40]");
            assertThat(waiting()).isEmpty();
            assertThat(replayed(2, both).out())
                    .contains("Cannot replay 2 of 2 corrected rows: no such letter waits", "nothing was replayed");
            assertThat(hw.rows("select count(*) from headworks.ledger")).containsExactly("[2]");
        }

        @Test
        void rowsThatAreNotInTheFileStay() {
            replayed(0, corrected(ofCheck, "{\"id\": 2, \"amount\": 200, \"email\": \"b@x.de\"}"));

            assertThat(orders()).containsExactly("[1,10]", "[2,200]", "[4,40]");
            assertThat(waiting()).hasSize(1);
        }

        @Test
        void rowsMeetTheSameGates() {
            Hw.Result replay = replayed(3, corrected(ofCheck, "{\"id\": 2, \"amount\": 1001, \"email\": null}"));

            assertThat(replay.out()).contains("all 1 rows are refused again");
            assertThat(orders()).containsExactly("[1,10]", "[4,40]");
            assertThat(waiting()).hasSize(2);
        }

        @Test
        void oneThatWasResolvedMeanwhileRefusesTheWholeFile() {
            String first = corrected(ofCheck, "{\"id\": 2, \"amount\": 200, \"email\": null}");
            replayed(0, first);

            replayed(2, first, corrected(unread, "{\"id\": 3, \"amount\": 30, \"email\": null}"));

            assertThat(orders()).containsExactly("[1,10]", "[2,200]", "[4,40]");
        }

        @Test
        void linesThatCannotBeUsedAreNamed() {
            String whole = "{\"id\": 3, \"amount\": 30, \"email\": null}";
            assertThat(replayed(2, corrected(unread, "null")).err()).contains("fix.jsonl:1: row is missing");
            assertThat(replayed(2, "{\"row\": " + whole + "}").err()).contains("fix.jsonl:1: it has no id");
            assertThat(replayed(2, corrected(unread, whole), corrected(unread, whole))
                            .err())
                    .contains("fix.jsonl:2", "is in it twice");
            assertThat(replayed(2, "nothing").err()).contains("fix.jsonl:1: it is no JSON object");
            assertThat(replayed(2, "").err()).contains("it has no row");
            assertThat(replayed(2, corrected(unread, "{\"id\": 3, \"amount\": 30}"))
                            .out())
                    .contains("column 'email' is missing (columns: id, amount, email)");
            assertThat(replayed(0, corrected(unread, "{\"id\": 3, \"amount\": \"x\", \"email\": null}"))
                            .out())
                    .as("it stays, with a sentence")
                    .contains("nothing to do");
            assertThat(waiting()).hasSize(2);
        }

        @Test
        void aFileThatExistsIsNotWrittenOver() {
            assertThat(ran(2, "deadletter", "export", "orders", "--out", fix.toString())
                            .err())
                    .contains("Cannot write ", "name another file, or remove that one");
        }

        @Test
        void onlyThoseOfOneCodeWhereAsked() throws IOException {
            Path few = folder.resolve("few.jsonl");
            String code = hw.rows("select code from headworks.dead_letter where line = 3")
                    .get(0)
                    .replaceAll("[\\[\\]\"]", "");
            ran(0, "deadletter", "export", "orders", "--out", few.toString(), "--code", code);
            assertThat(Files.readAllLines(few)).hasSize(1);
        }
    }

    @Nested
    class Masked {
        @BeforeEach
        void byAStage() {
            shop.pipeline(
                    EXTRACT,
                    "transform: {stages: [{name: hide, operations: [{rename: {email: mail}}, {mask: {mail: email}}]}]}",
                    LOAD.replace("orders", "hidden"),
                    CHECK,
                    ERRORS);
        }

        private String id() {
            return hw.rows("select id from headworks.dead_letter where line = 3")
                    .get(0)
                    .replaceAll("[\\[\\]\"]", "");
        }

        @Test
        void valuesAreNotShown() throws IOException {
            assertThat(ran(0, "deadletter", "show", id()).out())
                    .contains("«masked»", "2000")
                    .doesNotContain("b@x.de");
            assertThat(ran(0, "deadletter", "list", "--output", "json").out())
                    .doesNotContain("b@x.de")
                    .doesNotContain("c@x.de");
            ran(0, "deadletter", "export", "orders", "--out", fix.toString());
            assertThat(String.join("\n", lines())).doesNotContain("@x.de").contains("«masked»");
            assertThat(ran(0, "deadletter", "show", id(), "--reveal").out()).contains("b@x.de");
        }

        @Test
        void andGoOnAsTheyWere() throws IOException {
            shop.pipeline(
                    EXTRACT,
                    "transform: {stages: [{name: hide, operations: [{mask: {email: email}}]}]}",
                    LOAD.replace("orders", "hidden"),
                    CHECK,
                    ERRORS);
            ran(0, "deadletter", "export", "orders", "--out", fix.toString());
            String line = lines().stream()
                    .filter(each -> each.contains("2000"))
                    .findFirst()
                    .orElseThrow();
            hw.write("fix.jsonl", line.replace("2000", "200") + "\n");

            ran(0, "deadletter", "replay", "orders", "--from", fix.toString());

            assertThat(hw.rows("select id, amount, email from hidden")).containsExactly("[2,200,\"b***@x.de\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "40%"})
    void aFloodStopsTheRun(String most) {
        shop.pipeline(EXTRACT, LOAD.replace("orders", "flooded"), CHECK, ERRORS.replace("90%", most));
        hw.write("data/2.csv", "id,amount,email\n5,5000,\n6,6000,\n7,70,\n");

        Hw.Result run = ran(3, "run", "orders", "--full-refresh");

        assertThat(run.out()).contains("rows were rejected (allowed " + most + ")");
        assertThat(waiting()).as("those of the first run").hasSize(2);
    }

    @Test
    void oldOnesGoWithALoadOrWhenAsked() throws SQLException {
        tamper("UPDATE headworks.dead_letter SET rejected_at = rejected_at - INTERVAL 100 DAY WHERE line = 3");

        assertThat(ran(0, "deadletter", "purge", "orders", "--older-than", "200d")
                        .out())
                .contains("orders: 0 dead letters");
        shop.pipeline(EXTRACT, LOAD, CHECK, ERRORS.replace("90%", "90%, keep_rejected: 90d"))
                .file("2.csv", "id,amount,email", "5,50,");
        assertThat(shop.run().err()).contains("1 dead letter from before", "error_handling.keep_rejected");
        assertThat(waiting()).hasSize(1);

        tamper("UPDATE headworks.dead_letter SET rejected_at = rejected_at - INTERVAL 100 DAY");
        assertThat(ran(0, "deadletter", "purge", "orders", "--older-than", "90d")
                        .out())
                .contains("orders: 1 dead letter from before");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aFolderOfParquetSaysThatItKeepsThem() {
        Shop lake = new Shop(folder.resolve("lake"), "parquet")
                .pipeline(EXTRACT, LOAD, CHECK, ERRORS.replace("90%", "90%, keep_rejected: 90d"))
                .file("1.csv", "id,amount,email", "1,10,");

        Hw.Result run = lake.run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("its target does not take dead letters away yet");
    }

    @Test
    void thoseOfAnotherEnvironmentAreNotOurs() {
        hw.replace(
                "headworks.yml",
                "connections:",
                "environments: {default: {default: true}, ci: {schema_prefix: ci_}}\nconnections:");
        shop.pipeline(EXTRACT, LOAD, CHECK.replace("max: 1000", "max: 9000"), ERRORS);

        assertThat(ran(0, "deadletter", "list", "--env", "ci").out()).contains("no row waits in the dead letter");
        ran(0, "deadletter", "replay", "orders", "--env", "ci");
        assertThat(waiting()).as("not replayed into ci").hasSize(2);

        ran(0, "deadletter", "replay", "orders");
        assertThat(orders()).containsExactly("[1,10]", "[2,2000]", "[4,40]");
    }
}
