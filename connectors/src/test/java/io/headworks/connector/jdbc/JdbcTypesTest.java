package io.headworks.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.jdbc.source.JdbcSource;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of docs/sources/jdbc.md and docs/targets/jdbc.md, row by row, at real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JdbcTypesTest {
    private static final Path SOURCES = Path.of("../docs/sources/jdbc.md");
    private static final Path TARGETS = Path.of("../docs/targets/jdbc.md");

    private final Map<TestEngine, TestDatabase> databases = new EnumMap<>(TestEngine.class);
    private Path folder;
    private Engine engine;
    private EngineSession session;
    private int tables;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", folder, new Cancellation());
        for (TestEngine each : TestEngine.values()) {
            databases.put(each, each.newDatabase());
        }
    }

    @AfterAll
    void stop() {
        session.close();
        engine.close();
        databases.values().forEach(TestDatabase::close);
    }

    private static List<List<String>> rows(Path page, String firstHead) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("| " + firstHead)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("|---")) {
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

    private String table(TestEngine product, String type, String value) {
        String table = "T" + ++tables;
        databases
                .get(product)
                .run(
                        "CREATE TABLE " + table + " (id integer, v " + type + ")",
                        "INSERT INTO " + table + " VALUES (1, " + value + ")",
                        "INSERT INTO " + table + " VALUES (2, NULL)");
        return table;
    }

    /** The type of {@code V} and its values as the engine prints them. */
    private record Arrived(String type, List<String> values, List<String> rejects) {}

    private Arrived read(TestEngine product, Extract extract) throws IOException {
        try (Source source = new JdbcSource(JdbcConnections.settings(product, databases.get(product), folder))) {
            SourceState state = source.observe(extract, null);
            Staged staged = session.stage("x", source.rows(extract, state, null, List.of()));
            return new Arrived(
                    state.schema().field("V").orElseThrow().type().toString(),
                    texts("SELECT coalesce(CAST(v AS VARCHAR), '(null)') AS v FROM ("
                            + staged.rows().sql() + ")"),
                    texts("SELECT reason AS v FROM (" + staged.rejects().sql() + ")"));
        }
    }

    private static Extract extract(String table, ColumnChoice... columns) {
        return new Extract(new Reading.Table(new TableName(null, table)), List.of(columns), null, null, null);
    }

    private List<String> texts(String sql) throws IOException {
        Relation texts = new Relation(sql, new Schema(List.of(new Field("v", DataType.TEXT))), List.of());
        List<String> all = new ArrayList<>();
        try (BatchReader reader = session.read(texts)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                Column.Texts column = (Column.Texts) batch.columns().get(0);
                all.addAll(List.of(column.values()).subList(0, batch.rows()));
            }
        }
        return all;
    }

    @TestFactory
    List<DynamicTest> everyTypeArrives() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (TestEngine product : TestEngine.values()) {
            for (List<String> row : rows(SOURCES, product.dialect().key() + " | here")) {
                tests.add(DynamicTest.dynamicTest(product + " " + row.get(0) + " " + row.get(2), () -> {
                    Arrived arrived = read(product, extract(table(product, row.get(0), row.get(2))));
                    assertThat(arrived.type()).isEqualTo(row.get(1));
                    assertThat(arrived.rejects()).isEmpty();
                    assertThat(arrived.values()).containsExactly(row.get(3), "(null)");
                }));
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyTypeIsDeclaredAsThePageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows(TARGETS, "here | derby")) {
            for (TestEngine product : TestEngine.values()) {
                tests.add(DynamicTest.dynamicTest(product + " " + row.get(0), () -> {
                    DataType type = DataType.parse(row.get(0)).orElseThrow();
                    String declared = product.dialect().forms().declared(type);
                    assertThat(declared == null ? "refused" : declared).isEqualTo(row.get(1 + product.ordinal()));
                }));
            }
        }
        return tests;
    }

    @Test
    void whatASecondHasBeyondSixDigitsIsRejectedOrAskedFor() throws IOException {
        String table = table(TestEngine.DERBY, "timestamp", "timestamp(trim('2026-03-08 02:30:00.123456789'))");
        Arrived rejected = read(TestEngine.DERBY, extract(table));
        assertThat(rejected.values()).containsExactly("(null)");
        assertThat(rejected.rejects()).singleElement().asString().contains("it has more than 6 digits of a second");
        Arrived asked = read(TestEngine.DERBY, extract(table, new ColumnChoice("V", new DataType.Timestamp(9, false))));
        assertThat(asked.values()).containsExactly("2026-03-08 02:30:00.123456789", "(null)");
    }

    @Test
    void typesWithoutCounterpartAreRefusedBeforeAnythingIsRead() {
        for (String type : List.of("decimal(39,1)", "bit(5)", "interval day to second(6)", "bigint array")) {
            String table = "T" + ++tables;
            databases.get(TestEngine.HSQLDB).run("CREATE TABLE " + table + " (v " + type + ")");
            assertThatThrownBy(() -> read(TestEngine.HSQLDB, extract(table)))
                    .hasMessageStartingWith("Cannot read column 'V': it is ")
                    .hasMessageEndingWith("which has no counterpart here");
        }
    }
}
