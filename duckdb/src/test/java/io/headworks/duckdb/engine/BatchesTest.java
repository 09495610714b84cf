package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
    @TempDir
    Path folder;

    private final Cancellation cancellation = new Cancellation();
    private DuckDbEngine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("run", Files.createDirectories(folder.resolve("run")), cancellation);
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            boolean                 ~ true; false
            tinyint                 ~ -128; 127
            smallint                ~ -32768; 32767
            integer                 ~ -2147483648; 2147483647
            bigint                  ~ -9223372036854775808; 9223372036854775807
            utinyint                ~ 0; 255
            usmallint               ~ 65535
            uinteger                ~ 4294967295
            ubigint                 ~ 18446744073709551615; 1
            hugeint                 ~ -170141183460469231731687303715884105728; 170141183460469231731687303715884105727
            decimal(4,4)            ~ -0.9999; 0.0001
            decimal(9,0)            ~ 999999999
            decimal(18,2)           ~ -9999999999999999.99; 0.01; 1.10
            decimal(38,10)          ~ -9999999999999999999999999999.9999999999; 0.0000000001
            float                   ~ 0.1; 16777216; nan; inf; -inf; -0.0; 1e-45
            double                  ~ 0.1; 1.7976931348623157e308; nan; inf; -inf; -0.0; 5e-324
            text                    ~ ''; 'a''b'; '😀ü' ; 'a' || chr(0) || 'b'
            text(3)                 ~ 'abc'
            binary                  ~ ''; '\\x00\\xFF\\x27'
            date                    ~ '1970-01-01'; '0044-03-15 (BC)'; '9999-12-31'; 'infinity'; '-infinity'; '1582-10-10'
            time                    ~ '00:00:00'; '23:59:59.999999'; '24:00:00'
            timetz                  ~ '10:00:00+02'; '00:00:00-15:59:59'
            timestamp               ~ '1970-01-01'; '1969-12-31 23:59:59.999999'; '0044-03-15 (BC) 01:02:03'; 'infinity'; '-infinity'
            timestamp(3)            ~ '2024-01-01 10:00:00.123'
            timestamp(9)            ~ '2024-01-01 10:00:00.123456789'; '1969-12-31 23:59:59.999999999'
            timestamptz             ~ '2024-01-01 10:00:00.123456+05:30'; 'infinity'; '-infinity'
            interval                ~ '0 days'; '14 months -3 days 25:00:00.000001'; '-1 year 2 days -00:00:00.5'
            uuid                    ~ 'f0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'; '00000000-0000-0000-0000-000000000000'
            json                    ~ '{"a": [1, 1.50, null]}'; '"x"'
            enum('a', 'b''c')       ~ 'a'; 'b''c'
            bits(8)                 ~ '01010101'
            bigint[]                ~ [9223372036854775807, NULL, -1]; []
            decimal(18,2)[]         ~ [9999999999999999.99, NULL, 0.10]
            decimal(38,10)[]        ~ [9999999999999999999999999999.9999999999]
            text[][]                ~ [['a"b\\', chr(0) || chr(10)], NULL, []]
            struct("a b" double, d date, t timestamp, z timestamptz, b binary, i interval, u ubigint, o boolean) ~ {'a b': 0.1, 'd': '2024-02-29', 't': '2024-01-01 10:00:00.123456', 'z': '2024-01-01 10:00:00+02', 'b': '\\x00\\xFF', 'i': '1 month', 'u': 18446744073709551615, 'o': true}; {'a b': NULL, 'd': NULL, 't': NULL, 'z': NULL, 'b': NULL, 'i': NULL, 'u': NULL, 'o': NULL}
            map(text, integer[])    ~ MAP {'k': [1, NULL], 'l': NULL}; MAP {}
            struct(x struct(y time, n timestamp(9)), h hugeint)[] ~ [{'x': {'y': '10:00:00.5', 'n': '2024-01-01 00:00:00.123456789'}, 'h': 170141183460469231731687303715884105727}, NULL, {'x': NULL, 'h': 1}]
            """)
    void everyTypeComesBackAsItWent(String spelling, String values) throws Exception {
        DataType type = DataType.parse(spelling).orElseThrow();
        String engineType = io.headworks.duckdb.sql.DuckTypes.spelling(type);
        StringBuilder rows = new StringBuilder("SELECT 0::BIGINT AS n, CAST(NULL AS " + engineType + ") AS v");
        int n = 0;
        for (String value : values.split("; ")) {
            rows.append(" UNION ALL SELECT ")
                    .append(++n)
                    .append(", CAST(")
                    .append(number(value))
                    .append(" AS ")
                    .append(engineType)
                    .append(')');
        }
        Schema schema = new Schema(List.of(new Field("n", DataType.BIGINT), new Field("v", type)));
        Relation original = session.materialise("original", new Relation(rows.toString(), schema, List.of()));
        Relation copy = session.load("copy", session.read(original));
        assertSame(original, copy, n + 1L);
        assertSame(original, session.load("utf8", session.readUtf8(original)), n + 1L);
    }

    private void assertSame(Relation original, Relation copy, long rows) {
        assertThat(copy.schema()).isEqualTo(original.schema());
        assertThat(session.count(copy)).isEqualTo(rows);
        List<String> before = texts(original);
        assertThat(texts(copy)).containsExactlyElementsOf(before);
        assertThat(session.sql()
                        .number("SELECT count(*) FROM ((" + original.sql() + ") EXCEPT ALL (SELECT n, v FROM ("
                                + copy.sql() + ")))"))
                .isZero();
    }

    /** Numbers as texts, so that none passes through a literal of another type. */
    private static String number(String value) {
        return value.matches("-?[0-9.e+-]+|nan|inf|-inf") ? "'" + value + "'" : value;
    }

    private List<String> texts(Relation relation) {
        return session.sql()
                .query(
                        "SELECT n, typeof(v) || ' ' || coalesce(CAST(v AS VARCHAR), 'NULL') FROM (" + relation.sql()
                                + ") ORDER BY n",
                        row -> row.getLong(1) + " " + row.getString(2));
    }

    @Test
    void manyRowsComeInOrder() throws Exception {
        session.sql().execute("SET SESSION preserve_insertion_order = true");
        Relation rows = session.materialise(
                "many", session.relation("SELECT range AS n, 'row ' || range AS t FROM range(300000)"));
        Relation copy = session.load("copy", session.read(rows));
        assertThat(session.count(copy)).isEqualTo(300_000);
        assertThat(session.sql()
                        .number("SELECT count(*) FROM (" + copy.sql() + ") WHERE n <> _hw_seq OR t <> 'row ' || n"))
                .isZero();
    }

    @Test
    void otherStatementsRunWhileRowsAreRead() throws Exception {
        Relation rows = session.materialise("many", session.relation("SELECT range AS n FROM range(100000)"));
        try (BatchReader reader = session.read(rows)) {
            long sum = 0;
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                sum += batch.rows();
                assertThat(session.sql().number("SELECT 1")).isEqualTo(1);
            }
            assertThat(sum).isEqualTo(100_000);
        }
    }

    @Test
    void aFailureIsNoEarlyEnd() {
        Relation failing = session.relation(
                "SELECT CASE WHEN range = 250000 THEN error('boom') ELSE range END AS n FROM range(300000)");
        assertThatThrownBy(() -> session.read(failing)).hasMessageContaining("boom");
    }

    @Test
    void streamedRowsKeepTheirHiddenColumnsAndRejects() throws Exception {
        Schema schema = new Schema(List.of(
                new Field("id", DataType.BIGINT),
                new Field(HiddenColumns.SEQ, DataType.BIGINT),
                new Field(HiddenColumns.OP, DataType.TEXT)));
        Iterator<ColumnBatch> batches = List.of(new ColumnBatch(
                        schema,
                        2,
                        List.of(
                                new Column.Longs(new long[] {1, 2}, new BitSet()),
                                new Column.Longs(new long[] {70, 80}, new BitSet()),
                                new Column.Texts(new String[] {"upsert", "delete"}, new BitSet()))))
                .iterator();
        Staged staged = session.stage("s", new RowSource.Streamed(rejects -> {
            rejects.accept(new RejectedRow("a.json", 3L, null, "id", "value", "too big", "{\"id\": 1e999}"));
            return reader(schema, batches);
        }));
        assertThat(staged.count()).isEqualTo(2);
        assertThat(staged.rejected()).isEqualTo(1);
        assertThat(staged.rows().schema().names()).containsExactly("id");
        assertThat(staged.rows().hidden()).containsExactly(HiddenColumns.SEQ, HiddenColumns.OP);
        assertThat(session.sql()
                        .query(
                                "SELECT source, line, byte_offset, raw FROM ("
                                        + staged.rejects().sql() + ")",
                                row -> row.getString(1) + row.getString(2) + row.getString(3) + row.getString(4)))
                .containsExactly("a.json3null{\"id\": 1e999}");
    }

    private static BatchReader reader(Schema schema, Iterator<ColumnBatch> batches) {
        return new BatchReader() {
            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public @Nullable ColumnBatch next() {
                return batches.hasNext() ? batches.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Schema decimals = new Schema(List.of(new Field("d", new DataType.Decimal(20, 2))));
        assertThatThrownBy(() -> session.load(
                        "x",
                        reader(
                                decimals,
                                List.of(new ColumnBatch(
                                                decimals,
                                                1,
                                                List.of(new Column.Decimals(
                                                        new BigDecimal[] {new BigDecimal("1.005")}, new BitSet()))))
                                        .iterator())))
                .hasMessage("Cannot hold 1.005 in column 'd': it does not fit decimal(20,2) exactly");
        Schema small = new Schema(List.of(new Field("d", new DataType.Decimal(4, 2))));
        assertThatThrownBy(() -> session.load(
                        "x",
                        reader(
                                small,
                                List.of(new ColumnBatch(
                                                small,
                                                1,
                                                List.of(new Column.Longs(new long[] {123_456}, new BitSet()))))
                                        .iterator())))
                .hasMessage("Cannot hold 1234.56 in column 'd': it does not fit decimal(4,2) exactly");
        Schema texts = new Schema(List.of(new Field("t", DataType.TEXT)));
        assertThatThrownBy(() -> session.load(
                        "x",
                        reader(
                                texts,
                                List.of(new ColumnBatch(
                                                texts,
                                                1,
                                                List.of(new Column.Texts(new String[] {"a\uD800"}, new BitSet()))))
                                        .iterator())))
                .hasMessage("Cannot hold a text in column 't': it has half a surrogate pair at character 2");
        Schema bytes = new Schema(List.of(new Field("t", Simple.INT8)));
        assertThatThrownBy(() -> session.load(
                        "x",
                        reader(
                                bytes,
                                List.of(new ColumnBatch(
                                                bytes, 1, List.of(new Column.Longs(new long[] {200}, new BitSet()))))
                                        .iterator())))
                .hasMessage("Cannot hold 200 in column 't': it does not fit tinyint");
    }
}
