package io.headworks.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of docs/sources/postgresql.md, row by row, from a real server into a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTypesTest {
    private static final Path PAGE = Path.of("../docs/sources/postgresql.md");

    private static final Pattern SINCE = Pattern.compile("\\(from (\\d+)\\)");

    private TestDatabase database;
    private Engine engine;
    private EngineSession session;
    private int tables;

    /** The major version of the server. */
    int version() {
        return Integer.parseInt(System.getProperty("headworks.postgres", "18"));
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        database = TestPostgres.shared(Integer.toString(version())).newDatabase();
        database.run(
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
                "CREATE DOMAIN price AS numeric(8,2) CHECK (VALUE >= 0)",
                "CREATE DOMAIN word AS text",
                "CREATE DOMAIN mark AS word",
                "CREATE TYPE address AS (street text, town text)");
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", folder, new Cancellation());
    }

    @AfterAll
    void stop() {
        session.close();
        engine.close();
        database.close();
    }

    private boolean has(String row) {
        Matcher since = SINCE.matcher(row);
        return !since.find() || Integer.parseInt(since.group(1)) <= version();
    }

    /** A row of a table: its cells without the code marks, and without what stands behind them in parentheses. */
    private List<List<String>> rows(String firstHead) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| " + firstHead)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("|---") && has(line)) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(2, line.length() - 2).split(" \\| ", -1)) {
                    cells.add(cell.startsWith("`") ? cell.substring(1, cell.indexOf('`', 1)) : cell);
                }
                rows.add(cells);
            }
        }
        assertThat(rows).as(firstHead).isNotEmpty();
        return rows;
    }

    private String table(String type, String value) {
        String table = "t" + ++tables;
        database.run(
                "CREATE TABLE " + table + " (id integer, v " + type + ")",
                "INSERT INTO " + table + " VALUES (1, " + value + "), (2, NULL)");
        return table;
    }

    private static Extract extract(String table, ColumnChoice... columns) {
        return new Extract(new Reading.Table(new TableName(null, table)), List.of(columns), null, null, null);
    }

    private record Arrived(String type, List<String> values, List<String> rejects) {}

    private Arrived read(Extract extract) throws Exception {
        try (Source source = PostgresSources.of(database)) {
            SourceState state = source.observe(extract, null);
            Staged staged = session.stage("x", source.rows(extract, state, null, List.of()));
            return new Arrived(
                    state.schema().field("v").orElseThrow().type().toString(),
                    texts(
                            "SELECT coalesce(CAST(v AS VARCHAR), '(null)') AS v FROM ("
                                    + staged.rows().sql() + ") ORDER BY 1 = 1",
                            staged.rows()),
                    texts(
                            "SELECT reason || ' / ' || raw AS v FROM ("
                                    + staged.rejects().sql() + ")",
                            staged.rejects()));
        }
    }

    private List<String> texts(String sql, Relation from) throws Exception {
        Relation texts = new Relation(
                sql,
                new io.headworks.api.type.Schema(List.of(new io.headworks.api.type.Field("v", DataType.TEXT))),
                List.of());
        List<String> all = new ArrayList<>();
        try (var reader = session.read(texts)) {
            for (var batch = reader.next(); batch != null; batch = reader.next()) {
                var column =
                        (io.headworks.api.batch.Column.Texts) batch.columns().get(0);
                for (int i = 0; i < batch.rows(); i++) {
                    all.add(column.values()[i]);
                }
            }
        }
        return all;
    }

    @TestFactory
    List<DynamicTest> everyTypeArrives() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("at the source")) {
            tests.add(DynamicTest.dynamicTest(row.get(0) + " " + row.get(2), () -> {
                Arrived arrived = read(extract(table(row.get(0), row.get(2))));
                assertThat(arrived.type()).isEqualTo(row.get(1));
                assertThat(arrived.rejects()).isEmpty();
                assertThat(arrived.values()).containsExactlyInAnyOrder(row.get(3), "(null)");
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyValueWithoutAPlaceIsRejected() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("type | value")) {
            tests.add(DynamicTest.dynamicTest(row.get(0) + " " + row.get(1), () -> {
                Arrived arrived = read(extract(table(row.get(0), row.get(1))));
                assertThat(arrived.values()).containsExactly("(null)");
                assertThat(arrived.rejects()).singleElement().asString().contains("it " + row.get(2), "/ id=1, v=?");
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyRefusedTypeCanBeReadAsText() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("type | why")) {
            tests.add(DynamicTest.dynamicTest(row.get(0), () -> {
                String table = table(row.get(0), "NULL");
                assertThatThrownBy(() -> read(extract(table)))
                        .hasMessageContainingAll("Cannot read " + table + ": column 'v' is ", row.get(1))
                        .isInstanceOfSatisfying(HeadworksException.class, failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.PROJECT);
                            assertThat(failed.hint()).contains("columns: {id: \"integer\", v: \"");
                        });
                assertThat(read(extract(table, new ColumnChoice("v", DataType.TEXT)))
                                .type())
                        .isEqualTo("text");
            }));
        }
        return tests;
    }

    @Test
    void aNumericIsReadAsTheDecimalThatTheProjectSays() throws Exception {
        String table = table("numeric", "12.50");
        database.run("INSERT INTO " + table
                + " VALUES (3, 0.001), (4, 123456789012345678), (5, " + (version() < 14 ? "'NaN'" : "'Infinity'")
                + "), (6, -99999999.99), (7, 1e-30), (8, 1e40)");
        Arrived arrived = read(extract(
                table,
                new ColumnChoice("id", null),
                new ColumnChoice("v", DataType.parse("decimal(10,2)").orElseThrow())));
        assertThat(arrived.values()).containsExactlyInAnyOrder("12.50", "-99999999.99", "(null)");
        assertThat(arrived.rejects())
                .hasSize(5)
                .anyMatch(reason -> reason.contains("is 0.001, which does not fit exactly"))
                .anyMatch(reason -> reason.contains(version() < 14 ? "is NaN" : "is infinity"));
    }

    @Test
    void manyNumbersOfEveryShapeArriveExactly() throws Exception {
        database.run(
                "SELECT setseed(0.42)",
                "CREATE TABLE numbers AS SELECT i AS id, round((random() * power(10, i % 14))::numeric, i % 5)"
                        + " * (CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END) AS v FROM generate_series(1, 20000) AS i");
        for (String type : List.of("decimal(28,4)", "decimal(18,4)", "decimal(38,4)")) {
            Arrived arrived = read(extract(
                    "numbers", new ColumnChoice("v", DataType.parse(type).orElseThrow())));
            assertThat(arrived.rejects()).as(type).isEmpty();
            List<String> expected = new ArrayList<>(database.texts("SELECT round(v, 4)::text FROM numbers"));
            assertThat(arrived.values()).as(type).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void typesThatBendAreRefused() {
        String table = table("text", "'12'");
        assertThatThrownBy(() -> read(extract(table, new ColumnChoice("v", DataType.Simple.INT32))))
                .hasMessage("Cannot read column 'v' as integer: it is text at the source");
        String number = table("double precision", "1.5");
        assertThatThrownBy(() -> read(extract(
                        number,
                        new ColumnChoice("v", DataType.parse("decimal(10,2)").orElseThrow()))))
                .hasMessageContaining("double precision at the source");
    }
}
