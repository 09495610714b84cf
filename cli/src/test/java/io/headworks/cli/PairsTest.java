package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestDerby;
import io.headworks.testkit.servers.TestHsqldb;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows from every kind of source into every kind of target, in one run of a whole project. */
final class PairsTest {
    private static final List<String> SOURCES = List.of("duck", "lite", "pg", "my", "derby", "hsqldb");
    private static final List<String> TARGETS = List.of("duck_to", "lite_to", "pg", "my", "lake", "derby_to", "hsqldb");
    private static final String SEED = """
            {"id": 1, "name": "plain", "amount": 10.50, "rate": 0.1234567891, "weight": 0.1, "paid": true, "day": "2026-02-28", "at": "2026-02-28T23:59:59.999999"}
            {"id": -9223372036854775808, "name": "", "amount": -9999999999999999.99, "rate": -1234567890123456789012345678.0123456789, "weight": -1.7976931348623157e308, "paid": false, "day": "1970-01-01", "at": "1970-01-01T00:00:00"}
            {"id": 9223372036854775807, "name": "O'Brien \\"quoted\\" \\\\ back, comma; 日本語 😀\\nline\\ttab", "amount": 9999999999999999.99, "rate": 0.0000000001, "weight": 2.2250738585072014e-308, "paid": true, "day": "9999-12-31", "at": "9999-12-31T23:59:59.999999"}
            {"id": 2, "name": null, "amount": null, "rate": null, "weight": null, "paid": null, "day": null, "at": null}
            {"id": 3, "name": "NULL", "amount": 0.00, "rate": 0, "weight": 0.0, "paid": false, "day": "1582-10-15", "at": "1582-10-15T00:00:00.000001"}
            {"id": 4, "name": " blanks  ", "amount": 0.01, "rate": 1, "weight": 123456789.123456789, "paid": true, "day": "2000-02-29", "at": "2038-01-19T03:14:08"}
            {"id": 5, "name": "\\\\N", "amount": 1, "rate": 2, "weight": 3, "paid": false, "day": "1001-01-01", "at": "1001-01-01T00:00:00"}
            """;
    /** Derby's decimals end at 31 digits, and a wider one is refused. */
    private static final String RATE = "rate: \"decimal(38,10)\", ";

    private static final String HEAD = """
            project: {name: pairs, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a23}
            connections:
              landing: {type: files, path: data}
              duck: {type: duckdb, path: from.duckdb}
              lite: {type: sqlite, path: from.sqlite}
              duck_to: {type: duckdb, path: to.duckdb}
              lite_to: {type: sqlite, path: to.sqlite}
              lake: {type: parquet, path: lake}
            """;
    private static final String COLUMNS = "{id: bigint, name: text, amount: \"decimal(18,2)\", " + RATE
            + "weight: double, paid: boolean, day: date, at: timestamp}";

    @TempDir
    Path folder;

    private Hw hw;

    @Test
    void keepEveryValue() throws IOException, NoSuchAlgorithmException {
        hw = new Hw(folder);
        try (TestDatabase postgres = TestPostgres.shared().newDatabase();
                TestDatabase maria = TestMariaDb.shared().newDatabase();
                TestDatabase derby = TestDerby.shared().newDatabase();
                TestDatabase derbyTo = TestDerby.shared().newDatabase();
                TestDatabase hsqldb = TestHsqldb.newDatabase()) {
            hw.write(
                    "headworks.yml",
                    HEAD
                            + server("pg", "type: postgresql", postgres)
                            + server("my", "type: mysql", maria)
                            + server("derby", driver("derby", TestDerby.driver()), derby)
                            + server("derby_to", driver("derby", TestDerby.driver()), derbyTo)
                            + server("hsqldb", driver("hsqldb", TestHsqldb.driver()), hsqldb));
            List<String> tables = pipelines();

            Hw.Result run = hw.run("run", "--all", "--quiet");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            for (boolean rate : List.of(true, false)) {
                List<String> wanted = rows("landing:seed.ndjson", rate);
                assertThat(wanted).hasSize(SEED.lines().toList().size());
                for (String table : tables) {
                    if (rate != table.contains("derby")) {
                        assertThat(rows(table, rate)).as(table).isEqualTo(wanted);
                    }
                }
            }
        }
    }

    /** Types differ with what a database has; values do not. */
    private List<String> rows(String table, boolean rate) {
        return hw.rows("SELECT CAST(id AS BIGINT) AS id, name, CAST(amount AS DECIMAL(18,2)),"
                + (rate ? " CAST(rate AS DECIMAL(38,10))," : "")
                + " CAST(weight AS DOUBLE), CAST(paid AS BOOLEAN), CAST(\"day\" AS DATE), CAST(\"at\" AS TIMESTAMP) FROM \""
                + table + "\" ORDER BY 1");
    }

    /** The tables that are to be written. */
    private List<String> pipelines() {
        hw.write("data/seed.ndjson", SEED);
        List<String> tables = new ArrayList<>();
        for (String target : List.of("duck", "lite", "pg", "my", "lake", "derby", "hsqldb")) {
            String columns = target.equals("derby") ? COLUMNS.replace(RATE, "") : COLUMNS;
            String from = "{connection: landing, path: seed.ndjson, columns: " + columns + "}";
            tables.add(pipeline("seed_" + target, from, target, "seed"));
        }
        for (String source : SOURCES) {
            for (String target : TARGETS) {
                String some = target.startsWith("derby") ? ", columns: [id, name, amount, weight, paid, day, at]" : "";
                String from = "{connection: " + source + ", table: seed" + some + "}";
                tables.add(pipeline(source + "_" + target, from, target, "from_" + source));
            }
        }
        return tables;
    }

    /** The driver's jars where a user would put them. */
    private String driver(String dialect, List<Path> jars) throws IOException, NoSuchAlgorithmException {
        Path drivers = Files.createDirectories(folder.resolve("drivers").resolve(dialect));
        StringBuilder hashes = new StringBuilder();
        for (Path jar : jars) {
            Files.copy(jar, drivers.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            hashes.append(hashes.isEmpty() ? "" : " ").append(HexFormat.of().formatHex(hash));
        }
        return "type: jdbc, dialect: " + dialect + ", driver: drivers/" + dialect + ", driver_sha256: \"" + hashes
                + '"';
    }

    private String server(String name, String type, TestDatabase database) {
        hw.write(name + ".txt", database.password());
        return "  " + name + ": {" + type + ", host: 127.0.0.1, port: " + database.port() + ", database: "
                + database.name() + ", user: " + database.user() + ", password: \"${file:" + name + ".txt}\"}\n";
    }

    private String pipeline(String name, String extract, String target, String table) {
        hw.write("pipelines/" + name + ".yml", """
                pipeline:
                  name: %s
                  extract: %s
                  load: {connection: %s, table: %s, strategy: truncate-reload}
                  quality_gates: {post_load: [{not_null: id}, {unique: id}]}
                """.formatted(name, extract, target, table));
        return target + ":" + table;
    }
}
