package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers hash each of their own types to the same as the engine does the rows that it has loaded from them. */
final class DiffServersTest {
    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void open() {
        hw = new Hw(folder);
    }

    private void project(String type, TestDatabase database) {
        hw.write("password.txt", database.password());
        hw.write("headworks.yml", """
                project: {name: servers, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a25}
                connections:
                  there: {type: %s, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password.txt}"}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """.formatted(type, database.port(), database.name(), database.user()));
    }

    private void load(String table) {
        hw.write("pipelines/" + table + ".yml", """
                pipeline:
                  name: %s
                  extract: {connection: there, table: %s}
                  load: {connection: warehouse, table: %s, strategy: truncate-reload}
                """.formatted(table, table, table));
        Hw.Result run = hw.run("run", table);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private Map<String, Object> diff(String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of("diff", "there:" + table, "warehouse:" + table));
        arguments.addAll(List.of(more));
        return hw.json(arguments.toArray(new String[0]));
    }

    private void hashesAsTheEngine(String table, String hashedBy, String... more) {
        Map<String, Object> found = diff(table, more);
        assertThat(found)
                .as(table + ": " + found)
                .containsEntry("status", "equal")
                .containsEntry("different_buckets", 0L);
        assertThat(((Map<?, ?>) Objects.requireNonNull(found.get("a"))).get("hashed_by"))
                .isEqualTo(hashedBy);
    }

    @Test
    void postgresHashesItsTypes() {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            project("postgresql", database);
            database.run(
                    "CREATE TYPE mood AS ENUM ('sad', 'so, so', 'ok')",
                    "CREATE DOMAIN price AS numeric(8,3)",
                    "CREATE TABLE types (id int8 PRIMARY KEY, i2 int2, i4 int4, n numeric(12,4), w numeric(38,10),"
                            + " f numeric(2,2), p price, f4 float4, f8 float8, b bool, t text, v varchar(10), c char(8),"
                            + " d date, tm time(3), ts0 timestamp(0), ts timestamp, tz timestamptz, by bytea, u uuid,"
                            + " e mood, m money, o oid, ip inet, bt bit(5))",
                    "INSERT INTO types VALUES (1, -32768, 2147483647, -0.5, 1234567890123456789012345678.0123456789, -0.5,"
                            + " 7.1, 0.1, 0.1, true, 'ä:,1', 'x', 'pad ', '0044-03-15 BC', '23:59:59.120',"
                            + " '2026-01-01 10:00:00', '0044-03-15 12:00:00.5 BC', '2026-01-01 10:00:00.123456+02',"
                            + " '\\x00ff', '00A0EEBC-9999-0B4E-F8BB-6D6BB9BD380A', 'so, so', 12.5, 4294967295,"
                            + " '10.0.0.1/8', '01011')",
                    "INSERT INTO types (id, n, f, f4, f8, t, c, d, tm, ts, tz, by) VALUES (-9223372036854775808, 0, 0.00,"
                            + " 'NaN', 'NaN', '', '', '9999-12-31', '24:00:00', '9999-12-31 23:59:59.999999',"
                            + " '0001-01-01 00:00:00+00', '')",
                    "INSERT INTO types (id, f4, f8, t) VALUES (2, '-Infinity', '-0', 'a  '), (3, 3.4e38, 5e-324, 'NULL'),"
                            + " (4, 1e-45, 1.7976931348623157e308, E'line\\n\\ttab'), (5, 16777217, 123456789.123456789,"
                            + " '日本語 😀'), (6, '-0', 'Infinity', ' ')");
            load("types");
            hashesAsTheEngine("types", "postgresql");
            hashesAsTheEngine("types", "postgresql", "--key", "t,id", "--exclude", "id");
            hashesAsTheEngine("types", "postgresql", "--tolerance", "n=0.01,f4=0.5,f8=3,ts=1s,tz=5ms,d=2d,i4=2");
            database.run("CREATE TABLE others (id int4 PRIMARY KEY, j jsonb, l int4[], s interval)");
            database.run(
                    "INSERT INTO others VALUES (1, '{\"b\": [1, 2], \"a\": \"x y\"}', '{1,NULL,3}', '1 month 2 days')");
            load("others");
            hashesAsTheEngine("others", "engine");
            assertThat(((Map<?, ?>) Objects.requireNonNull(diff("others").get("a"))).get("why"))
                    .isEqualTo("column 'j' is json, of which the server makes another text");
        }
    }

    @Test
    void mysqlHashesItsTypes() {
        try (TestDatabase database = TestMariaDb.shared().newDatabase()) {
            project("mysql", database);
            database.run(
                    "CREATE TABLE types (id bigint PRIMARY KEY, i1 tinyint, u8 bigint unsigned, n decimal(12,4),"
                            + " w decimal(38,10), f decimal(2,2), t text, v varchar(10) CHARACTER SET latin1, c char(8),"
                            + " e enum('sad', 'so, so') CHARACTER SET latin1, st set('a', 'b'), d date, tm time(3),"
                            + " dt0 datetime, dt datetime(6), ts timestamp(3) NULL, vb varbinary(20), b bit(1), y year,"
                            + " u uuid)",
                    "INSERT INTO types VALUES (1, -128, 18446744073709551615, -0.5,"
                            + " 1234567890123456789012345678.0123456789, -0.5, 'ä:,1 😀', 'é', 'pad', 'so, so', 'a,b',"
                            + " '1000-01-01', '23:59:59.120', '2026-01-01 10:00:00', '9999-12-31 23:59:59.000001',"
                            + " '2026-01-01 10:00:00.100', x'00ff', b'1', 2026, '00a0eebc-9999-0b4e-f8bb-6d6bb9bd380a')",
                    "INSERT INTO types (id, n, t, c, tm, dt, ts, vb, b) VALUES (-9223372036854775808, 0, '', '',"
                            + " '00:00:00', '1970-01-01 00:00:00.100000', '2038-01-19 03:14:07', '', b'0')",
                    "INSERT INTO types (id, t) VALUES (2, 'a  '), (3, 'NULL'), (4, '\\\\ back'), (5, 'A')");
            load("types");
            hashesAsTheEngine("types", "mysql");
            hashesAsTheEngine("types", "mysql", "--key", "t,id", "--exclude", "id");
            hashesAsTheEngine("types", "mysql", "--tolerance", "n=0.01,i1=2,dt=1s,ts=5ms,d=2d");
            database.run("ALTER TABLE types ADD weight double");
            load("types");
            hashesAsTheEngine("types", "engine");
        }
    }

    @Test
    void aThousandScatteredDifferencesAreFoundAndNoOther() throws IOException {
        long seed = Long.getLong("headworks.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TreeSet<Integer> changed = new TreeSet<>();
        while (changed.size() < 1_000) {
            changed.add(random.nextInt(100_000));
        }
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            project("postgresql", database);
            database.run(
                    "CREATE TABLE orders AS SELECT i AS id, 'name ' || i % 977 AS name, (i / 7.0)::numeric(12,2) AS"
                            + " amount, timestamp '2026-01-01' + i * interval '1 second' AS at FROM"
                            + " generate_series(0, 99999) AS i");
            load("orders");
            List<String> wanted = new ArrayList<>();
            StringBuilder ids = new StringBuilder();
            for (int id : changed) {
                ids.append(ids.isEmpty() ? "" : ",").append(id);
                wanted.add("different," + id + ",amount");
            }
            database.run("UPDATE orders SET amount = amount + 0.01 WHERE id IN (" + ids + ")");
            Path export = folder.resolve("found.csv");
            Map<String, Object> found = diff("orders", "--key", "id", "--export", export.toString());
            assertThat(found).as("seed " + seed).containsEntry("different_rows", 1_000L);
            assertThat(Files.readAllLines(export).stream()
                            .skip(1)
                            .map(line -> line.substring(0, line.indexOf("amount") + "amount".length())))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(wanted);
            assertThat((int) (long) found.get("different_buckets")).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void aConditionIsPushedDown() {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            project("postgresql", database);
            database.run(
                    "CREATE TABLE orders (id bigint PRIMARY KEY, name text)",
                    "INSERT INTO orders SELECT i, 'name ' || i FROM generate_series(1, 1000) AS i");
            load("orders");
            database.run(
                    "UPDATE orders SET name = upper(name) WHERE id > 900",
                    "UPDATE orders SET name = 'other' WHERE id = 7");

            hashesAsTheEngine("orders", "postgresql", "--where", "id <= 900 AND id <> 7");
            Map<String, Object> few = diff("orders", "--where-a", "id BETWEEN 1 AND 50", "--where-b", "id <= 50");
            assertThat(few).containsEntry("different_rows", 1L).containsEntry("equal_rows", 49L);
            hashesAsTheEngine("orders", "engine", "--where", "id <> 7", "--ignore-case");
        }
    }

    /** The primary key of a server tells keys apart that are one where case is ignored. */
    @Test
    void keysThatBecomeOneAreNotPairedInSilence() {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            project("postgresql", database);
            database.run(
                    "CREATE TABLE names (id text PRIMARY KEY, n int)", "INSERT INTO names VALUES ('a', 1), ('A', 1)");
            load("names");

            Map<String, Object> found = diff("names", "--ignore-case");

            assertThat(found).containsEntry("status", "different");
            assertThat(((Map<?, ?>) Objects.requireNonNull(found.get("a"))).get("repeated_keys"))
                    .isEqualTo(1L);
        }
    }
}
