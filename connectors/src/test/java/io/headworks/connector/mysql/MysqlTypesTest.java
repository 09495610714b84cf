package io.headworks.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Source;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.MysqlReadings.Arrived;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of docs/sources/mysql.md, row by row, from a real server into a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MysqlTypesTest {
    private static final Path PAGE = Path.of("../docs/sources/mysql.md");

    private TestDatabase database;
    private MysqlReadings readings;
    private int tables;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = TestMariaDb.shared().newDatabase();
        readings = new MysqlReadings(folder);
    }

    @AfterAll
    void stop() {
        readings.close();
        database.close();
    }

    /** A row of a table: its cells without the code marks, and without what stands behind them in parentheses. */
    private static List<List<String>> rows(String firstHead) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
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

    private String table(String type, String value) {
        String table = "t" + ++tables;
        database.run(
                "SET sql_mode = ''",
                "SET time_zone = '+00:00'",
                "CREATE TABLE " + table + " (id integer, v " + type + (type.equals("timestamp") ? " NULL" : "") + ")",
                "INSERT INTO " + table + " VALUES (1, " + value + ")");
        return table;
    }

    private Arrived read(Extract extract) throws IOException {
        try (Source source = MysqlConnections.source(database)) {
            return readings.read(source, extract);
        }
    }

    @TestFactory
    List<DynamicTest> everyTypeArrives() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("at the source")) {
            tests.add(DynamicTest.dynamicTest(row.get(0) + " " + row.get(2), () -> {
                String table = table(row.get(0), row.get(2));
                boolean generated = row.get(2).equals("default");
                if (!generated) {
                    database.run("INSERT INTO " + table + " VALUES (2, NULL)");
                }
                Arrived arrived = read(MysqlReadings.table(table));
                assertThat(arrived.type()).isEqualTo(row.get(1));
                assertThat(arrived.rejects()).isEmpty();
                String expected = row.get(3).replace("\\n", "\n");
                assertThat(arrived.values())
                        .containsExactlyElementsOf(generated ? List.of(expected) : List.of(expected, "(null)"));
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyValueWithoutAPlaceIsRejectedAndIsAText() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("type | value")) {
            tests.add(DynamicTest.dynamicTest(row.get(0) + " " + row.get(1), () -> {
                String table = table(row.get(0), row.get(1));
                database.run("INSERT INTO " + table + " VALUES (2, NULL)");
                Arrived arrived = read(MysqlReadings.table(table));
                assertThat(arrived.values()).containsExactly("(null)");
                assertThat(arrived.rejects()).singleElement().asString().contains("it " + row.get(2), "/ id=1, v=");
                Arrived texts = read(MysqlReadings.table(table, new ColumnChoice("v", DataType.TEXT)));
                assertThat(texts.rejects()).isEmpty();
                assertThat(texts.values()).hasSize(2);
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyRefusedTypeCanBeReadAsAnother() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : rows("type | why")) {
            tests.add(DynamicTest.dynamicTest(row.get(0), () -> {
                String table = table(row.get(0), "1.5");
                assertThatThrownBy(() -> read(MysqlReadings.table(table)))
                        .hasMessage("Cannot read column 'v': it is " + row.get(0) + ", " + row.get(1))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.PROJECT));
                for (String type : row.get(2).split(", ")) {
                    DataType other = DataType.parse(type).orElseThrow();
                    assertThat(read(MysqlReadings.table(table, new ColumnChoice("v", other)))
                                    .rejects())
                            .as(type)
                            .isEmpty();
                }
            }));
        }
        return tests;
    }

    @Test
    void aSmallNumberIsATruthWhereTheProjectSaysSo() throws IOException {
        String table = table("tinyint(1)", "1");
        database.run("INSERT INTO " + table + " VALUES (2, 0), (3, 7), (4, NULL)");
        Arrived arrived =
                read(MysqlReadings.table(table, new ColumnChoice("id", null), new ColumnChoice("v", Simple.BOOLEAN)));
        assertThat(arrived.values()).containsExactly("true", "false", "(null)");
        assertThat(arrived.rejects()).containsExactly("Cannot read '7' as boolean: it is neither 0 nor 1 / id=3, v=7");
    }

    @Test
    void aDecimalThatDoesNotFitWhatTheProjectSaysIsRejected() throws IOException {
        String table = table("decimal(65,30)", "1.25");
        database.run("INSERT INTO " + table + " VALUES (2, 0.001), (3, 1e20), (4, -12.5)");
        Arrived arrived = read(MysqlReadings.table(
                table, new ColumnChoice("v", DataType.parse("decimal(10,2)").orElseThrow())));
        assertThat(arrived.values()).containsExactly("1.25", "-12.50");
        assertThat(arrived.rejects())
                .hasSize(2)
                .anyMatch(reason -> reason.contains("it has more than 2 digits after the point"))
                .anyMatch(reason -> reason.contains("it has more than 10 digits"));
    }

    @Test
    void typesThatBendAreRefused() {
        String table = table("text", "'12'");
        assertThatThrownBy(() -> read(MysqlReadings.table(table, new ColumnChoice("v", Simple.INT32))))
                .hasMessage("Cannot read column 'v' as integer: it is text at the source");
        String number = table("double", "1.5");
        assertThatThrownBy(() -> read(MysqlReadings.table(
                        number,
                        new ColumnChoice("v", DataType.parse("decimal(10,2)").orElseThrow()))))
                .hasMessage("Cannot read column 'v' as decimal(10,2): it is double at the source");
    }

    @Test
    void floatingNumbersOfEveryShapeArriveExactly() throws Exception {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        database.run("CREATE OR REPLACE TABLE f (id integer, v double)", "CREATE OR REPLACE TABLE g (id int, v float)");
        List<String> doubles = new ArrayList<>();
        List<String> floats = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement f = connection.prepareStatement("INSERT INTO f VALUES (?, ?)");
                PreparedStatement g = connection.prepareStatement("INSERT INTO g VALUES (?, CAST(? AS DOUBLE))")) {
            for (int i = 0; i < 2000; i++) {
                double value = Double.longBitsToDouble(random.nextLong());
                float single = Float.intBitsToFloat(random.nextInt());
                if (Double.isFinite(value) && Float.isFinite(single)) {
                    add(f, i, value);
                    add(g, i, single);
                    doubles.add(Long.toHexString(Double.doubleToLongBits(value)));
                    floats.add(Integer.toHexString(Float.floatToIntBits(single)));
                }
            }
            f.executeBatch();
            g.executeBatch();
        }
        assertThat(bits("f")).as("-Dheadworks.seed=" + seed).isEqualTo(doubles);
        assertThat(read(MysqlReadings.table("g")).values().stream()
                        .map(text -> Integer.toHexString(Float.floatToIntBits(Float.parseFloat(text))))
                        .toList())
                .as("-Dheadworks.seed=" + seed)
                .isEqualTo(floats);
    }

    private List<String> bits(String table) throws IOException {
        return read(MysqlReadings.table(table)).values().stream()
                .map(text -> Long.toHexString(Double.doubleToLongBits(Double.parseDouble(text))))
                .toList();
    }

    private static void add(PreparedStatement statement, int id, double value) throws SQLException {
        statement.setInt(1, id);
        statement.setDouble(2, value);
        statement.addBatch();
    }
}
