package io.headworks.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.source.Extract;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read from a position on, by an index of which the statistics know nothing. */
class NewRowsTest {
    private static final int ROWS = 150_000;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestPostgres.shared().newDatabase();
        database.run("ALTER DATABASE " + database.name() + " SET work_mem = '64kB'");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Types of keys: how the n-th is spelled in SQL, how as a position, and whether it has infinity. */
    private enum Key {
        TIMESTAMPTZ(DataType.TIMESTAMPTZ, "timestamptz '2024-01-01Z' + (%s) * interval '1 second'", true),
        TIMESTAMP(DataType.TIMESTAMP, "timestamp '2024-01-01' + (%s) * interval '7 microseconds'", true),
        DATE(Simple.DATE, "date '2024-01-01' + ((%s) / 40)::int", true),
        BIGINT(DataType.BIGINT, "((%s) * 30000000000000 - 9000000000000000000)::bigint", false),
        INTEGER(Simple.INT32, "((%s) - 75000)::int", false);

        private final DataType type;
        private final String value;
        private final boolean infinite;

        Key(DataType type, String value, boolean infinite) {
            this.type = type;
            this.value = value;
            this.infinite = infinite;
        }

        String of(Object number) {
            return value.formatted(number);
        }
    }

    @Test
    void eachRowIsReadOnceWhateverTheKeyAndThePosition() throws Exception {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        for (Key key : Key.values()) {
            String table = "t_" + key.name().toLowerCase(java.util.Locale.ROOT);
            fill(table, key);
            for (int i = 0; i < 6; i++) {
                int from = random.nextInt(ROWS);
                KeyRange range = range(key, from, random.nextBoolean() ? from + random.nextInt(ROWS) : -1, random);
                String as = "seed " + seed + ": " + table + " " + range;
                assertThat(read(table, range, 1)).as(as).isEqualTo(expected(table, key, range));
            }
        }
    }

    @Test
    void thereAreSeveralPartsThoughStatisticsKnowOfNone() throws Exception {
        fill("t", Key.TIMESTAMPTZ);
        database.run(
                "ANALYZE t",
                "INSERT INTO t SELECT i + 1000000, " + Key.TIMESTAMPTZ.of("i + 200000")
                        + " FROM generate_series(1, 150000) AS i");
        KeyRange range = new KeyRange("k", DataType.TIMESTAMPTZ, "2024-01-03T00:00:00Z", null, true);
        Thread.sleep(1500); // the server hands on its counters once a second
        assertThat(read("t", range, 2)).isEqualTo(expected("t", Key.TIMESTAMPTZ, range));
    }

    private void fill(String table, Key key) {
        String infinity =
                key.infinite ? "CASE i % 2 WHEN 0 THEN 'infinity' ELSE '-infinity' END::" + key.name() : "NULL";
        database.run(
                "CREATE TABLE " + table + " WITH (fillfactor = 30) AS SELECT i AS id, " + key.of("i * 7919 % " + ROWS)
                        + " AS k FROM generate_series(1, " + ROWS + ") AS i",
                "INSERT INTO " + table + " SELECT -i, " + infinity + " FROM generate_series(1, 8) AS i",
                "INSERT INTO " + table + " SELECT -i, NULL FROM generate_series(9, 12) AS i",
                "CREATE INDEX ON " + table + " (k)",
                // as after a statement that statistics have not followed
                "ANALYZE " + table + " (id)");
    }

    private KeyRange range(Key key, int from, int to, Random random) {
        return new KeyRange("k", key.type, text(key, from), to < 0 ? null : text(key, to), random.nextBoolean());
    }

    private String text(Key key, int number) {
        String value = "(" + key.of(number) + ")";
        return switch (key) {
            case TIMESTAMPTZ -> one("to_char(" + value + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
            case TIMESTAMP -> one("to_char(" + value + ", 'YYYY-MM-DD\"T\"HH24:MI:SS.US')");
            default -> one(value + "::text");
        };
    }

    private String one(String expression) {
        return database.texts("SELECT " + expression).get(0);
    }

    private List<String> expected(String table, Key key, KeyRange range) {
        String inside = "k >= '" + range.from() + "'" + (range.to() == null ? "" : " AND k < '" + range.to() + "'")
                + (key.infinite ? " AND isfinite(k)" : "")
                + (range.includeNulls() ? " OR k IS NULL" : "")
                + (key.infinite ? " OR NOT isfinite(k)" : "");
        return database.texts("SELECT id FROM " + table + " WHERE " + inside + " ORDER BY id");
    }

    /** All ids in order, those of rejected rows among them. */
    private List<String> read(String table, KeyRange range, int leastParts) throws Exception {
        Extract extract = new Extract(new Reading.Table(TableName.parse(table)), List.of(), null, null, null);
        List<Long> ids = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        try (Source source = PostgresSources.of(database)) {
            SourceState state = source.observe(extract, null);
            RowSource.Parallel rows = (RowSource.Parallel) source.rows(extract, state, range, List.of());
            assertThat(rows.parts()).hasSizeGreaterThanOrEqualTo(leastParts);
            for (RowSource.Opener part : rows.parts()) {
                try (BatchReader reader = part.open(rejected::add)) {
                    for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                        add(batch, ids);
                    }
                }
            }
        }
        rejected.forEach(row -> ids.add(id(row)));
        return ids.stream().sorted().map(String::valueOf).toList();
    }

    private static void add(ColumnBatch batch, List<Long> ids) {
        Column id = batch.columns().get(0);
        for (int row = 0; row < batch.rows(); row++) {
            ids.add(((Column.Longs) id).values()[row]);
        }
    }

    private static long id(RejectedRow row) {
        return Long.parseLong(row.raw().replaceAll("^id=(-?\\d+),.*", "$1"));
    }
}
