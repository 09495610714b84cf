package io.headworks.connector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSourceTest {
    @TempDir
    Path folder;

    private final List<RejectedRow> rejects = new ArrayList<>();
    private Path file;
    private Connection database;
    private SqliteSource source;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("shop.db");
        database = DriverManager.getConnection("jdbc:sqlite:" + file);
        source = new SqliteSource(file, "sqlite:shop.db");
        run("PRAGMA journal_mode=WAL");
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        database.close();
    }

    private void run(String... statements) throws Exception {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Extract table(String name, ColumnChoice... columns) {
        return new Extract(new Reading.Table(new TableName(null, name)), List.of(columns), null, null, null);
    }

    private List<List<@Nullable Object>> read(Extract extract, @Nullable KeyRange keys) throws Exception {
        SourceState state = source.observe(extract, null);
        RowSource.Streamed rows = (RowSource.Streamed) source.rows(extract, state, keys, List.of());
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (BatchReader reader = rows.opener().open(rejects::add)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (Column column : batch.columns()) {
                        values.add(value(column, row));
                    }
                    all.add(values);
                }
            }
        }
        return all;
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Longs longs) {
            return longs.values()[row];
        } else if (column instanceof Column.Doubles doubles) {
            return doubles.values()[row];
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row];
        } else if (column instanceof Column.Binaries binaries) {
            return Arrays.toString(binaries.values()[row]);
        }
        return ((Column.Texts) column).values()[row];
    }

    private String type(String declared) throws Exception {
        run("DROP TABLE IF EXISTS typed", "CREATE TABLE typed (c " + declared + ")");
        try (SqliteSource other = new SqliteSource(file, "other")) {
            Field field = other.observe(table("typed"), null).schema().fields().get(0);
            return field.type().toString();
        }
    }

    @Nested
    class Types {
        @Test
        void followSqlitesAffinityForForeignNames() throws Exception {
            assertThat(type("INTEGER")).isEqualTo("bigint");
            assertThat(type("INT8")).isEqualTo("bigint");
            assertThat(type("TINYINT(1)")).isEqualTo("bigint");
            assertThat(type("VARCHAR(10)")).isEqualTo("text");
            assertThat(type("double precision")).isEqualTo("double");
            assertThat(type("REAL")).isEqualTo("double");
            assertThat(type("BLOB")).isEqualTo("binary");
            assertThat(type("DECIMAL(10, 2)")).isEqualTo("decimal(10,2)");
            assertThat(type("DATETIME")).isEqualTo("timestamp");
            assertThat(type("DATE")).isEqualTo("date");
            assertThat(type("")).isEqualTo("text");
        }

        @Test
        void comeBackAsTheyWereDeclaredByUs() throws Exception {
            List<DataType> types = new ArrayList<>(List.of(
                    new DataType.Decimal(18, 2),
                    new DataType.Bounded(10, false),
                    new DataType.Bounded(3, true),
                    new DataType.Bits(8),
                    new DataType.Time(6),
                    new DataType.Time(0),
                    DataType.TIMESTAMP,
                    DataType.TIMESTAMPTZ,
                    new DataType.Timestamp(3, false),
                    new DataType.Timestamp(9, true)));
            types.addAll(List.of(Simple.values()));
            for (DataType type : types) {
                assertThat(type(SqliteTypes.declared(type, "c")))
                        .as(type.toString())
                        .isEqualTo(type.toString());
            }
        }

        @Test
        void ofColumnsThatDeclareNoneAreThoseOfTheirValues() throws Exception {
            run(
                    "CREATE TABLE free (a, b, c, d STRING)",
                    "INSERT INTO free VALUES (1, 1.5, 'x', 'y'), (2, 2, NULL, 'z')");
            assertThat(source.observe(table("free"), null).schema().canonical())
                    .isEqualTo("a bigint\nb double\nc text\nd text");
        }

        @Test
        void ofMixedColumnsMustBeGiven() throws Exception {
            run("CREATE TABLE free (a)", "INSERT INTO free VALUES (1), ('x')");
            assertThatThrownBy(() -> source.observe(table("free"), null))
                    .hasMessage("Cannot tell the type of column 'a': it declares none and holds integer and text");
            assertThat(read(table("free", new ColumnChoice("a", Simple.INT64)), null))
                    .containsExactly(List.of(1L));
            assertThat(rejects).singleElement().satisfies(reject -> {
                assertThat(reject.column()).isEqualTo("a");
                assertThat(reject.reason()).isEqualTo("Cannot read 'x' as bigint: it is text, not an integer");
            });
        }
    }

    @Nested
    class Values {
        @Test
        void areExact() throws Exception {
            run(
                    "CREATE TABLE v (i INTEGER, n DECIMAL(20,4), d REAL, t TEXT, b BLOB, day DATE, at DATETIME, z TIMESTAMPTZ)",
                    "INSERT INTO v VALUES (9223372036854775807, 0.1, 1e308, 'a' || char(0) || '😀', x'00ff', '2024-02-29',"
                            + " '2024-02-29T23:59:59.5', '2024-03-01 00:30:00.000001+01:00'), (NULL, NULL, NULL, NULL, NULL,"
                            + " NULL, NULL, NULL)");
            List<List<@Nullable Object>> rows = read(table("v"), null);
            assertThat(rejects).isEmpty();
            assertThat(rows.get(0))
                    .containsExactly(
                            Long.MAX_VALUE,
                            new java.math.BigDecimal("0.1000"),
                            1e308,
                            "a\0😀",
                            "[0, -1]",
                            19782L,
                            1709251199500000L,
                            1709249400000001L);
            assertThat(rows.get(1)).containsOnlyNulls().hasSize(8);
        }

        @Test
        void thatDoNotFitAreRejectedRowsNeverBent() throws Exception {
            run(
                    "CREATE TABLE v (id INTEGER PRIMARY KEY, b BOOLEAN, n DECIMAL(6,2), at DATETIME, i INTEGER)",
                    "INSERT INTO v VALUES (1, 2, 1, NULL, 1), (2, 1, 0.125, NULL, 1), (3, 1, 123456, NULL, 1),"
                            + " (4, 1, 1, '2024-02-30 00:00:00', 1), (5, 1, 1, '2024-01-01 00:00:00Z', 1),"
                            + " (6, 1, 1, 1700000000, 1), (7, 1, 1, NULL, 1.5), (8, 1, 1, NULL, 'x'),"
                            + " (9, 1, 9999.99, '2024-01-01 00:00', 2)");
            assertThat(read(table("v"), null)).extracting(row -> row.get(0)).containsExactly(9L);
            assertThat(rejects)
                    .extracting(RejectedRow::reason)
                    .containsExactly(
                            "Cannot read '2' as boolean: it lies outside 0 to 1",
                            "Cannot read '0.125' as decimal(6,2): it is no decimal number with 2 digits after the point",
                            "Cannot read '123456' as decimal(6,2): it has more than 6 digits",
                            "Cannot read '2024-02-30 00:00:00' as timestamp: it is no date of the calendar",
                            "Cannot read '2024-01-01 00:00:00Z' as timestamp: it has an offset from UTC, and the column"
                                    + " holds naive timestamps",
                            "Cannot read '1700000000' as timestamp: it is an integer, not text",
                            "Cannot read '1.5' as bigint: it is a real number, not an integer",
                            "Cannot read 'x' as bigint: it is text, not an integer");
        }

        @Test
        void ofInvalidUtf8AreRejected() throws Exception {
            run("CREATE TABLE v (t TEXT)", "INSERT INTO v VALUES (cast(x'61ff' AS TEXT)), ('\uFFFD')");
            assertThat(read(table("v"), null)).containsExactly(List.of("\uFFFD"));
            assertThat(rejects)
                    .singleElement()
                    .satisfies(reject -> assertThat(reject.reason()).contains("not valid UTF-8"));
        }
    }

    @Nested
    class Ranges {
        @Test
        void areHalfOpenAndComparedAsTimesWhateverTheirForm() throws Exception {
            run(
                    "CREATE TABLE v (id INTEGER, at DATETIME)",
                    "INSERT INTO v VALUES (1, '2024-01-01 09:59:59.999999'), (2, '2024-01-01T10:00:00'),"
                            + " (3, '2024-01-01 10:00'), (4, '2024-01-02 10:00:00'), (5, NULL), (6, 'soon')");
            KeyRange range =
                    new KeyRange("at", DataType.TIMESTAMP, "2024-01-01T10:00:00", "2024-01-02T10:00:00", false);
            assertThat(read(table("v"), range)).extracting(row -> row.get(0)).containsExactly(2L, 3L);
            assertThat(rejects)
                    .as("a key that is no time is shown, not skipped")
                    .hasSize(1);
            KeyRange withNulls = new KeyRange("at", DataType.TIMESTAMP, "2024-01-02T00:00:00", null, true);
            assertThat(read(table("v"), withNulls))
                    .extracting(row -> row.get(0))
                    .containsExactly(4L, 5L);
        }

        @Test
        void ofNumbersAndTextsArePushedDown() throws Exception {
            run("CREATE TABLE v (id INTEGER, t TEXT)", "INSERT INTO v VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            assertThat(read(table("v"), new KeyRange("id", Simple.INT64, "2", "3", false)))
                    .containsExactly(List.of(2L, "b"));
            assertThat(read(table("v"), new KeyRange("t", Simple.TEXT, "b", null, false)))
                    .extracting(row -> row.get(0))
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void readsOneSnapshotFromObservingOn() throws Exception {
        run("CREATE TABLE v (id INTEGER)", "INSERT INTO v VALUES (1)");
        SourceState state = source.observe(table("v"), null);
        run("INSERT INTO v VALUES (2)");
        assertThat(state.rows()).isEqualTo(1);
        assertThat(read(table("v"), null)).containsExactly(List.of(1L));
    }

    @Test
    void readsQueriesWithTheTypesOfTheirColumns() throws Exception {
        run(
                "CREATE TABLE v (id INTEGER, amount DECIMAL_TEXT(18,2), at TIMESTAMP(3))",
                "INSERT INTO v VALUES (1, '12.50', '2024-01-01 00:00:00.000')");
        Extract query = new Extract(
                new Reading.Query("SELECT id, amount, at AS seen, id * 2 AS twice FROM v -- all"),
                List.of(),
                "twice = 2",
                null,
                null);
        assertThat(source.observe(query, null).schema().canonical())
                .isEqualTo("id bigint\namount decimal(18,2)\nseen timestamp(3)\ntwice bigint");
        assertThat(read(query, null)).containsExactly(List.of(1L, 1250L, 1704067200000000L, 2L));
    }

    @Test
    void choosesColumnsInTheirOrder() throws Exception {
        run("CREATE TABLE v (a INTEGER PRIMARY KEY, b TEXT, c TEXT)", "INSERT INTO v VALUES (1, 'b', 'c')");
        Extract extract = table("v", new ColumnChoice("c", null), new ColumnChoice("a", null));
        assertThat(read(extract, null)).containsExactly(List.of("c", 1L));
        assertThat(source.observe(extract, null).primaryKey()).containsExactly("a");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        run("CREATE TABLE v (a INTEGER)");
        assertThatThrownBy(() -> source.observe(table("w"), null))
                .hasMessage("Cannot read w: no such table (tables: v)");
        assertThatThrownBy(() -> source.observe(table("v", new ColumnChoice("b", null)), null))
                .hasMessage("Cannot read column 'b' of v: no such column (columns: a)");
        SqliteSource missing = new SqliteSource(folder.resolve("none.db"), "x");
        assertThatThrownBy(() -> missing.observe(table("v"), null))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
        assertThat(folder.resolve("none.db")).doesNotExist();
        Path text = Files.writeString(
                folder.resolve("text.db"), "not a database, but long enough to be looked at".repeat(50));
        try (SqliteSource noDatabase = new SqliteSource(text, "x")) {
            assertThatThrownBy(() -> noDatabase.observe(table("v"), null)).hasMessageContaining("not a database");
        }
    }

    @Test
    void readsManyBatches() throws Exception {
        run("CREATE TABLE v (id INTEGER, t TEXT)");
        database.setAutoCommit(false);
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO v VALUES (?, ?)")) {
            for (int i = 0; i < 10_000; i++) {
                insert.setLong(1, i);
                insert.setString(2, "row " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        database.commit();
        database.setAutoCommit(true);
        List<List<@Nullable Object>> rows = read(table("v"), null);
        assertThat(rows).hasSize(10_000);
        assertThat(rows.get(9_999)).containsExactly(9_999L, "row 9999");
    }
}
