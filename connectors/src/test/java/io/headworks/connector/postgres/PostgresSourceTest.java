package io.headworks.connector.postgres;

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
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSourceTest {
    private TestDatabase database;
    private Source source;
    private final List<RejectedRow> rejects = new ArrayList<>();

    /** The major version of the server. */
    int version() {
        return Integer.parseInt(System.getProperty("headworks.postgres", "18"));
    }

    private TestPostgres server() {
        return TestPostgres.shared(Integer.toString(version()));
    }

    /** Older servers read all pages for any range of them. */
    private boolean readsPageRanges() {
        return version() >= 14;
    }

    @BeforeEach
    void open() {
        database = server().newDatabase();
        source = PostgresSources.of(database);
    }

    @AfterEach
    void close() {
        source.close();
        database.close();
    }

    private static Extract table(String name, ColumnChoice... columns) {
        return new Extract(new Reading.Table(TableName.parse(name)), List.of(columns), null, null, null);
    }

    private static Extract where(String name, String where) {
        return new Extract(new Reading.Table(TableName.parse(name)), List.of(), where, null, null);
    }

    private static Extract query(String sql) {
        return new Extract(new Reading.Query(sql), List.of(), null, null, null);
    }

    /** The first column of every row, as text. */
    private List<@Nullable String> read(Extract extract, @Nullable KeyRange keys) throws Exception {
        SourceState state = source.observe(extract, null);
        List<@Nullable String> values = new ArrayList<>();
        RowSource.Parallel rows = (RowSource.Parallel) source.rows(extract, state, keys, List.of());
        for (RowSource.Opener part : rows.parts()) {
            try (BatchReader reader = part.open(rejects::add)) {
                for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                    for (int row = 0; row < batch.rows(); row++) {
                        values.add(text(batch.columns().get(0), row));
                    }
                }
            }
        }
        return values;
    }

    private static @Nullable String text(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return column instanceof Column.Utf8 texts
                ? texts.text(row)
                : String.valueOf(((Column.Longs) column).values()[row]);
    }

    @Nested
    class Discovery {
        @Test
        void tellsTypesKeysSizeAndWhatElseAUserAsksFor() {
            database.run(
                    "CREATE TABLE orders (line smallint, id bigint GENERATED ALWAYS AS IDENTITY, amount numeric(12,2) NOT NULL,"
                            + " twice numeric(13,2) GENERATED ALWAYS AS (amount * 2) STORED, updated_at timestamptz,"
                            + " PRIMARY KEY (id, line))",
                    "INSERT INTO orders (line, amount) SELECT 1, i FROM generate_series(1, 1000) AS i",
                    "CREATE INDEX ON orders (updated_at)",
                    "ANALYZE orders");
            Instant before = Instant.now();
            SourceState state = source.observe(table("orders"), null);
            assertThat(state.schema().canonical())
                    .isEqualTo("line smallint not null\nid bigint not null\namount decimal(12,2) not null\n"
                            + "twice decimal(13,2)\nupdated_at timestamptz");
            assertThat(state.primaryKey()).containsExactly("id", "line");
            assertThat(state.rows()).isEqualTo(1000);
            assertThat(state.bytes()).isPositive();
            assertThat(Duration.between(before, state.clock()).abs()).isLessThan(Duration.ofMinutes(1));
            assertThat(state.identity()).matches("postgresql:\\d+/\\d+");
            assertThat(state.detected())
                    .containsEntry("kind", "table")
                    .containsEntry("update time", "updated_at (indexed)")
                    .containsEntry("change data capture", "possible");
        }

        @Test
        void knowsViewsPartitionsAndOtherSchemas() throws Exception {
            database.run(
                    "CREATE TABLE p (id integer, at date) PARTITION BY RANGE (at)",
                    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                    "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                    "INSERT INTO p VALUES (1, '2024-05-05'), (2, '2025-05-05')",
                    "CREATE VIEW v AS SELECT id * 10 AS ten FROM p",
                    "CREATE MATERIALIZED VIEW m AS SELECT id FROM p",
                    "CREATE SCHEMA other",
                    "CREATE TABLE other.t (id integer)",
                    "ANALYZE p1",
                    "ANALYZE p2");
            assertThat(source.tables()).extracting(TableName::toString).containsExactly("other.t", "m", "p", "v");
            assertThat(source.observe(table("p"), null).rows()).isEqualTo(2);
            assertThat(source.observe(table("p"), null).detected()).containsEntry("kind", "partitioned table");
            assertThat(read(table("v"), null)).containsExactlyInAnyOrder("10", "20");
            assertThat(read(table("other.t"), null)).isEmpty();
        }

        @Test
        void saysWhatIsMissing() {
            database.run("CREATE TABLE v (a integer)");
            assertThatThrownBy(() -> source.observe(table("w"), null))
                    .hasMessage("Cannot read w: no such table, or no right to read it (tables: v)");
            assertThatThrownBy(() -> source.observe(table("v", new ColumnChoice("b", null)), null))
                    .hasMessage("Cannot read v: no such column 'b' (columns: a)");
            assertThatThrownBy(() -> source.observe(where("v", "c = 1"), null))
                    .hasMessage("Cannot look at v: column \"c\" does not exist");
        }

        @Test
        void namesAreTakenAsTheyAre() throws Exception {
            String odd = "select \"x\"; DROP TABLE v; -- 🚰 a.b";
            String quoted = '"' + odd.replace("\"", "\"\"") + '"';
            database.run(
                    "CREATE TABLE v (a integer)",
                    "CREATE TABLE " + quoted + " (" + quoted + " integer, \"Id\" integer,"
                            + " \"ID\" integer, \"\"\"\" text)",
                    "INSERT INTO " + quoted + " VALUES (7, 1, 2, 'q')");
            assertThat(source.tables()).contains(new TableName(null, odd));
            assertThat(source.observe(table(odd), null).schema().names()).containsExactly(odd, "Id", "ID", "\"");
            assertThat(read(table(odd), null)).containsExactly("7");
            KeyRange range = new KeyRange(odd, Simple.INT32, "7", "8", false);
            assertThat(read(table(odd, new ColumnChoice("ID", null)), range)).containsExactly("2");
        }
    }

    @Nested
    class Reads {
        @Test
        void oneStateFromObservingOn() throws Exception {
            database.run("CREATE TABLE v (id integer)", "INSERT INTO v VALUES (1)");
            source.observe(table("v"), null);
            database.run("INSERT INTO v VALUES (2)", "CREATE TABLE later (id integer)");
            assertThat(read(table("v"), null)).containsExactly("1");
            assertThat(source.tables()).extracting(TableName::table).containsExactly("v");
        }

        @Test
        void manyBatchesWithNullsAndLongTexts() throws Exception {
            database.run(
                    "CREATE TABLE v AS SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i || repeat('é', i % 500) END AS t"
                            + " FROM generate_series(1, 20000) AS i",
                    "INSERT INTO v SELECT repeat('x', 20000000)");
            assertThat(read(table("v"), null)).containsExactlyElementsOf(database.texts("SELECT t FROM v"));
        }

        @Test
        void queriesWithTheTypesOfTheirColumns() throws Exception {
            database.run(
                    "CREATE TABLE v (id integer, j jsonb, amount numeric(9,3), s varchar(3), at timestamp(3), b bit(4))",
                    "INSERT INTO v VALUES (1, '{\"a\": 1}', 1.5, 'abc', '2024-01-01', B'0101')");
            Extract extract = query(
                    "SELECT id, amount, s, at, b, id * 2.5 AS wide FROM v WHERE j ? 'a' AND 'x;y' <> $q$;$q$ -- all;\n;");
            assertThatThrownBy(() -> source.observe(extract, null))
                    .hasMessage("Cannot read the query: column 'wide' is numeric, which has no bounds");
            Extract chosen = new Extract(
                    extract.reading(),
                    List.of(
                            new ColumnChoice("id", null),
                            new ColumnChoice("amount", null),
                            new ColumnChoice("s", null),
                            new ColumnChoice("at", null),
                            new ColumnChoice("b", null),
                            new ColumnChoice(
                                    "wide", DataType.parse("decimal(20,2)").orElseThrow())),
                    "id = 1",
                    null,
                    null);
            assertThat(source.observe(chosen, null).schema().canonical())
                    .isEqualTo(
                            "id integer\namount decimal(9,3)\ns text(3)\nat timestamp(3)\nb bits(4)\nwide decimal(20,2)");
            assertThat(read(chosen, null)).containsExactly("1");
        }

        @Test
        void aConditionCannotLeaveItsPlace() {
            database.run("CREATE TABLE v (id integer)");
            for (String hostile : List.of("true); DROP TABLE v; --", "true) TO PROGRAM 'id'; SELECT (1")) {
                assertThatThrownBy(() -> source.observe(where("v", hostile), null))
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("statements (allowed: one)");
            }
            assertThatThrownBy(() -> source.observe(query("DELETE FROM v RETURNING id"), null))
                    .isInstanceOf(HeadworksException.class);
            assertThat(database.texts("SELECT count(*) FROM v")).containsExactly("0");
        }

        @Test
        void nothingCanBeWrittenThroughAQuery() {
            database.run(
                    "CREATE TABLE v (id integer)",
                    "CREATE FUNCTION w() RETURNS int LANGUAGE sql AS" + " 'INSERT INTO v VALUES (1) RETURNING id'");
            assertThatThrownBy(() -> read(query("SELECT w()"), null)).hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void aLargeTableIsReadInPartsThatAreOneState() throws Exception {
        database.run(
                "CREATE TABLE v AS SELECT i, repeat('x', 400) AS t FROM generate_series(1, 60000) AS i",
                "DELETE FROM v WHERE i % 7 = 0");
        SourceState state = source.observe(table("v"), null);
        RowSource.Parallel rows = (RowSource.Parallel) source.rows(table("v"), state, null, List.of());
        assertThat(rows.parts().size() > 1).isEqualTo(readsPageRanges());
        database.run(
                "UPDATE v SET t = 'later' WHERE i < 30000", "INSERT INTO v SELECT i FROM generate_series(1, 999) AS i");
        List<@Nullable String> read = read(table("v"), null);
        assertThat(read).hasSize(60000 - 60000 / 7).doesNotHaveDuplicates();
        assertThat(read(table("v", new ColumnChoice("t", null)), null)).doesNotContain("later");
    }

    @Nested
    class CutSessions {
        private static final int ROWS = 150_000;
        private static final String COPIES =
                " FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'";
        private static final String END_COPIES = "DO $$BEGIN PERFORM pg_terminate_backend(pid)" + COPIES
                + "; WHILE EXISTS (SELECT" + COPIES
                + ") LOOP PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); END LOOP; END$$";

        private List<@Nullable String> readCutting(Extract extract, int cuts) throws Exception {
            SourceState state = source.observe(extract, null);
            RowSource.Parallel rows = (RowSource.Parallel) source.rows(extract, state, null, List.of());
            List<@Nullable String> values = new ArrayList<>();
            for (RowSource.Opener part : rows.parts()) {
                try (BatchReader reader = part.open(rejects::add)) {
                    int cut = 0;
                    for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                        for (int row = 0; row < batch.rows(); row++) {
                            values.add(text(batch.columns().get(0), row));
                        }
                        if (cut < cuts) {
                            // a session that was ended goes on to be read as far as its bytes have come
                            cut += database.texts("SELECT pid" + COPIES).size();
                            database.run(END_COPIES);
                        }
                    }
                    assertThat(cut).isEqualTo(cuts);
                }
            }
            return values;
        }

        @BeforeEach
        void rows() {
            database.run("CREATE TABLE v AS SELECT i, repeat('x', 400) AS t, i % 2 AS half FROM generate_series(1, "
                    + ROWS + ") AS i");
        }

        @Test
        void goOnInTheSameState() throws Exception {
            source.observe(table("v"), null);
            database.run("DELETE FROM v WHERE i % 5 = 0", "INSERT INTO v SELECT i FROM generate_series(1, 5000) AS i");
            List<@Nullable String> read = readCutting(table("v"), 3);
            assertThat(read).hasSize(ROWS);
            assertThat(new java.util.HashSet<>(read)).hasSize(ROWS);
            if (readsPageRanges()) {
                // older servers read it with workers, in another order each time
                assertThat(readCutting(where("v", "half = 1"), 1)).hasSize(ROWS / 2);
            }
        }

        @Test
        void endInAnErrorWhenItGoesOnTooOften() {
            assertThatThrownBy(() -> readCutting(table("v"), 4))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
        }

        @Test
        void endInAnErrorWhereRowsCameInAnotherOrder() {
            assertThatThrownBy(() -> readCutting(query("SELECT i, t FROM v ORDER BY random()"), 1))
                    .isInstanceOfSatisfying(HeadworksException.class, failed -> {
                        assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE);
                        assertThat(failed.getCause().getSuppressed()[0])
                                .hasMessage("the rows read before came in another order");
                    });
        }
    }

    /** What is not read by pages is read by ranges of a key, where that is as much as the whole. */
    @Nested
    class KeyRanges {
        private static final int ROWS = 150_000;

        @BeforeEach
        void rows() {
            // skewed: most keys are negative and come twice, and there are NULLs
            database.run(
                    "CREATE TABLE base WITH (fillfactor = 50) AS SELECT i AS id, CASE WHEN i % 10 = 0 THEN NULL WHEN i % 3 = 0 THEN i ELSE"
                            + " -(i / 2) END AS k, md5(i::text)::uuid AS u,"
                            + " timestamptz '2024-01-01Z' + (i / 7) * interval '1 second' AS at, i % 5 AS kind"
                            + " FROM generate_series(1, " + ROWS + ") AS i",
                    "INSERT INTO base SELECT i, NULL, NULL, CASE i % 2 WHEN 0 THEN timestamptz '-infinity' ELSE 'infinity'"
                            + " END, 5 FROM generate_series(" + (ROWS + 1) + ", " + (ROWS + 8) + ") AS i",
                    "CREATE TABLE kinds AS SELECT i AS kind, 'kind ' || i AS name FROM generate_series(0, 4) AS i",
                    "CREATE VIEW by_number AS SELECT k, id FROM base",
                    "CREATE VIEW by_time AS SELECT at, id FROM base WHERE kind < 5",
                    "CREATE VIEW by_uuid AS SELECT u, id FROM base",
                    "CREATE VIEW joined AS SELECT k AS \"odd \"\"name\", id, name FROM base LEFT JOIN kinds USING (kind)",
                    "ANALYZE base",
                    "ANALYZE kinds");
        }

        private int parts(Extract extract, @Nullable KeyRange keys) {
            SourceState state = source.observe(extract, null);
            return ((RowSource.Parallel) source.rows(extract, state, keys, List.of()))
                    .parts()
                    .size();
        }

        private void readsAll(Extract extract, @Nullable KeyRange keys, String expected) throws Exception {
            assertThat(parts(extract, keys)).as("parts of %s", extract).isGreaterThan(1);
            sameRows(read(extract, keys), database.texts("SELECT id " + expected));
        }

        private void sameRows(List<@Nullable String> read, List<@Nullable String> expected) {
            assertThat(read.stream().sorted().toList())
                    .isEqualTo(expected.stream().sorted().toList());
        }

        private Extract ids(String view) {
            return table(view, new ColumnChoice("id", null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"by_number", "by_uuid", "joined"})
        void everyRowOfAViewIsInOne(String view) throws Exception {
            List<String> all = database.texts("SELECT id FROM base");
            Extract extract = table(view);
            SourceState state = source.observe(extract, null);
            RowSource.Parallel rows = (RowSource.Parallel) source.rows(extract, state, null, List.of());
            List<@Nullable String> read = new ArrayList<>();
            for (RowSource.Opener part : rows.parts()) {
                try (BatchReader reader = part.open(rejects::add)) {
                    for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                        for (int row = 0; row < batch.rows(); row++) {
                            read.add(text(batch.columns().get(1), row));
                        }
                    }
                }
            }
            assertThat(rows.parts()).hasSizeGreaterThan(1);
            sameRows(read, all);
        }

        @Test
        void everyRowOfAQueryIsInOneAndWhereStillCounts() throws Exception {
            readsAll(query("SELECT id, at FROM by_time"), null, "FROM base WHERE kind < 5");
            Extract where = new Extract(
                    new Reading.Query("SELECT b.id, b.kind FROM base AS b JOIN kinds AS k USING (kind)"),
                    List.of(),
                    "kind <> 9",
                    null,
                    null);
            readsAll(where, null, "FROM base WHERE kind < 5");
        }

        @Test
        void aLargeIncrementalExtractIsCutToo() throws Exception {
            KeyRange from = new KeyRange("at", DataType.TIMESTAMPTZ, "2024-01-01T00:20:00Z", null, false);
            String expected = "FROM base WHERE at >= '2024-01-01 00:20:00Z' OR at = '-infinity'";
            readsAll(ids("base"), from, expected);
            database.run(
                    "CREATE INDEX ON base (at)", "ALTER DATABASE " + database.name() + " SET enable_seqscan = off");
            source.close();
            readsAll(ids("base"), from, expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT id, k FROM base LIMIT 140000",
                    "SELECT DISTINCT ON (k) k, id FROM base",
                    "SELECT row_number() OVER () AS n, id FROM base",
                    "SELECT (random() * 1000)::int AS r, (random() * 9)::int + id AS other FROM base",
                    "SELECT i FROM generate_series(1, 150000) AS i",
                    "SELECT id FROM base TABLESAMPLE BERNOULLI (99)",
                    "SELECT k, count(*) AS n FROM base GROUP BY k",
                })
        void whatMayGiveOtherRowsEachTimeIsReadOnce(String sql) {
            assertThat(parts(query(sql), null)).isEqualTo(1);
        }

        @Test
        void partsOfAPartitionedTableAreCutByTheirPages() throws Exception {
            database.run(
                    "CREATE TABLE whole (id integer, k integer) PARTITION BY RANGE (k)",
                    "CREATE TABLE less PARTITION OF whole FOR VALUES FROM (-100000) TO (0) WITH (fillfactor = 10)",
                    "CREATE TABLE more PARTITION OF whole FOR VALUES FROM (0) TO (200000)",
                    "CREATE TABLE others PARTITION OF whole DEFAULT",
                    "INSERT INTO whole SELECT id, k FROM base");
            if (readsPageRanges()) {
                readsAll(table("whole"), null, "FROM base");
            } else {
                sameRows(read(table("whole"), null), database.texts("SELECT id FROM base"));
            }
        }

        @Test
        void aTableWithoutStatisticsIsReadOnce() {
            database.run("CREATE TABLE fresh AS TABLE base", "CREATE VIEW of_fresh AS SELECT id FROM fresh");
            assertThat(parts(table("of_fresh"), null)).isEqualTo(1);
        }
    }

    @Nested
    class Ranges {
        @Test
        void ofWhatIsTextOnlyHereCompareAsThatText() throws Exception {
            database.run(
                    "CREATE TABLE v (a inet, id integer)",
                    "INSERT INTO v VALUES ('9.0.0.1', 1), ('10.0.0.1', 2), (NULL, 3)");
            assertThat(read(table("v"), new KeyRange("a", Simple.TEXT, "10", "2", false)))
                    .containsExactly("10.0.0.1/32");
        }

        @Test
        void areHalfOpenAndInstants() throws Exception {
            database.run(
                    "CREATE TABLE v (id integer, at timestamptz)",
                    "INSERT INTO v VALUES (1, '2024-01-01 09:59:59.999999Z'), (2, '2024-01-01 15:45:00+05:45'),"
                            + " (3, '2024-01-02 09:59Z'), (4, '2024-01-02 10:00Z'), (5, NULL)");
            KeyRange range =
                    new KeyRange("at", DataType.TIMESTAMPTZ, "2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z", false);
            assertThat(read(table("v"), range)).containsExactly("2", "3");
            KeyRange open = new KeyRange("at", DataType.TIMESTAMPTZ, "2024-01-02T10:00:00Z", null, true);
            assertThat(read(table("v"), open)).containsExactly("4", "5");
            assertThat(read(table("v"), new KeyRange("at", DataType.TIMESTAMPTZ, null, null, false)))
                    .hasSize(4);
        }

        @Test
        void infinityIsInEveryRangeSoThatItIsSeen() throws Exception {
            database.run(
                    "CREATE TABLE v (id integer, at timestamp)",
                    "INSERT INTO v VALUES (1, 'infinity'), (2, '2020-01-01'), (3, '-infinity')");
            KeyRange range = new KeyRange("at", DataType.TIMESTAMP, "2019-01-01T00:00", "2021-01-01T00:00", false);
            assertThat(read(table("v"), range)).containsExactly("2");
            assertThat(rejects)
                    .extracting(RejectedRow::reason)
                    .containsExactly(
                            "Cannot read at as timestamp: it is infinity",
                            "Cannot read at as timestamp: it is -infinity");
        }

        @Test
        void textsCompareByTheirBytes() throws Exception {
            database.run("CREATE TABLE v (t text)", "INSERT INTO v VALUES ('a'), ('B'), ('b'), ('é'), ('''')");
            assertThat(read(table("v"), new KeyRange("t", Simple.TEXT, "a", "é", false)))
                    .containsExactly("a", "b");
            assertThat(read(table("v"), new KeyRange("t", Simple.TEXT, "'", "(", false)))
                    .containsExactly("'");
        }
    }

    @Nested
    class Failures {
        private void fails(Map<String, String> settings, FailureKind kind, String... parts) {
            try (Source other = PostgresSources.of(database, settings)) {
                assertThatThrownBy(() -> other.observe(table("v"), null))
                        .isInstanceOfSatisfying(HeadworksException.class, failed -> {
                            assertThat(failed.kind()).isEqualTo(kind);
                            assertThat(String.valueOf(failed.getMessage()))
                                    .contains(parts)
                                    .doesNotContain(database.password());
                        });
            }
        }

        @Test
        void nameTheServerAndTheCause() {
            fails(Map.of("user", "nobody"), FailureKind.PROJECT, "127.0.0.1:", "password authentication failed");
            fails(Map.of("database", "none"), FailureKind.PROJECT, "database \"none\" does not exist");
            fails(Map.of("port", "1"), FailureKind.SOURCE_UNREACHABLE, "127.0.0.1:1/", "refused");
            fails(Map.of("host", "no-such-host.invalid"), FailureKind.SOURCE_UNREACHABLE, "no-such-host.invalid");
        }

        @Test
        void aMissingRightIsNamed() {
            database.run("CREATE TABLE v (id integer)", "CREATE ROLE poor LOGIN PASSWORD 'p'");
            TestDatabase poor = new TestDatabase(
                    database.host(), database.port(), database.name(), "poor", "p", database.url(), () -> {});
            try (Source other = PostgresSources.of(poor)) {
                assertThatThrownBy(() -> other.observe(table("v"), null))
                        .hasMessageContaining("permission denied for table v")
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failed -> assertThat(failed.hint()).contains("GRANT"));
            } finally {
                database.run("DROP OWNED BY poor", "DROP ROLE poor");
            }
        }

        @Test
        void rowSecurityIsSaid() {
            database.run(
                    "CREATE TABLE v (id integer)",
                    "ALTER TABLE v ENABLE ROW LEVEL SECURITY",
                    "CREATE ROLE part LOGIN PASSWORD 'p'",
                    "GRANT SELECT ON v TO part");
            TestDatabase part = new TestDatabase(
                    database.host(), database.port(), database.name(), "part", "p", database.url(), () -> {});
            try (Source other = PostgresSources.of(part)) {
                assertThat(other.observe(table("v"), null).notes())
                        .containsExactly("row security of v shows this user a part of its rows only");
            } finally {
                database.run("DROP OWNED BY part", "DROP ROLE part");
            }
        }

        @Test
        void aStatementTimeoutIsOurs() {
            database.run("CREATE VIEW v AS SELECT pg_sleep(5)::text AS s");
            try (Source other = PostgresSources.of(database, Map.of("statement_timeout", "1s"))) {
                source = other;
                assertThatThrownBy(() -> read(table("v"), null))
                        .isInstanceOfSatisfying(HeadworksException.class, failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
                            assertThat(failed.hint()).contains("statement_timeout");
                        });
            }
        }

        @Test
        void theServerIsVerifiedByItsName() {
            database.run("CREATE TABLE v (id integer)");
            String authority = server().certificates().authority().toString();
            Map<String, String> byName =
                    Map.of("host", "localhost", "tls", "verify-full", "tls_root_certificate", authority);
            try (Source secure = PostgresSources.of(database, byName)) {
                assertThat(secure.observe(table("v"), null).schema().names()).containsExactly("id");
            }
            fails(
                    Map.of("tls", "verify-full", "tls_root_certificate", authority),
                    FailureKind.SOURCE_UNREACHABLE,
                    "127.0.0.1");
            fails(Map.of("host", "localhost", "tls", "verify-full"), FailureKind.SOURCE_UNREACHABLE, "SSL error");
            fails(Map.of("host", "localhost", "tls", "verify-ca"), FailureKind.SOURCE_UNREACHABLE, "SSL error");
            try (Source trusting = PostgresSources.of(database, Map.of("tls", "require"))) {
                assertThat(trusting.observe(table("v"), null).rows()).isNull();
            }
        }
    }
}
