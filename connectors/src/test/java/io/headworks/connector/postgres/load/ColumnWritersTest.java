package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.connector.result.UnfitValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns at once are byte for byte what their values are one by one. */
class ColumnWritersTest {
    private static final int ROWS = 300;
    private static final long[] LIMITS = {
        0,
        1,
        -1,
        9_999,
        10_000,
        -100_000_000,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 10,
        Long.MAX_VALUE / 100 + 1,
        Long.MIN_VALUE / 1000
    };

    private final long seed = Long.getLong("headworks.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Up to so many bits; the numbers of a boolean are two. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            boolean       | boolean                     | 1
            smallint      | smallint                    | 15
            integer       | integer                     | 31
            bigint        | bigint                      | 63
            date          | date                        | 20
            time          | time without time zone      | 36
            timestamp     | timestamp without time zone | 55
            timestamptz   | timestamp(3) with time zone | 55
            bigint        | numeric                     | 63
            ubigint       | numeric(20,0)               | 64
            decimal(9,4)  | numeric(9,4)                | 29
            decimal(15,2) | numeric(15,2)               | 49
            decimal(18,2) | numeric(18,2)               | 63
            decimal(18,17)| numeric(18,17)              | 63
            """)
    void ofNumbers(String delivered, String declared, int bits) throws UnfitValue {
        for (int round = 0; round < 40; round++) {
            LongStream some = random.longs(ROWS).map(value -> bits == 64 ? value : (value >>> 1 >>> 63 - bits));
            long[] values = bits < 20 ? some.toArray() : some.map(this::signed).toArray();
            assertSame(delivered, declared, new Column.Longs(values, nulls(round)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bigint         | numeric
            decimal(18,0)  | numeric(18,0)
            decimal(18,2)  | numeric(18,2)
            decimal(18,18) | numeric(18,18)
            """)
    void ofTheLargest(String delivered, String declared) throws UnfitValue {
        assertSame(delivered, declared, new Column.Longs(Arrays.copyOf(LIMITS, ROWS), new BitSet()));
        for (long limit : LIMITS) {
            assertSame(delivered, declared, new Column.Longs(fill(limit), nulls(1)));
        }
    }

    private long signed(long value) {
        long shorter = value >> random.nextInt(20);
        return random.nextBoolean() ? shorter : shorter % 3 == 0 ? -shorter : shorter / 10_000 * 10_000;
    }

    private static long[] fill(long value) {
        return LongStream.generate(() -> value).limit(ROWS).toArray();
    }

    @ParameterizedTest
    @CsvSource({"real, real", "double, double precision"})
    void ofFloatingPoint(String delivered, String declared) throws UnfitValue {
        double[] special = {
            0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 5e-324, 1e300, 0.1f, -1.5
        };
        for (int round = 0; round < 10; round++) {
            double[] values = random.doubles(ROWS).toArray();
            System.arraycopy(special, 0, values, 3, special.length);
            assertSame(delivered, declared, new Column.Doubles(values, nulls(round)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text, text",
        "text, character varying(300)",
        "json, json",
        "json, jsonb",
        "uuid, uuid",
        "bits(64), bit varying"
    })
    void ofTexts(String delivered, String declared) throws UnfitValue {
        for (int round = 0; round < 10; round++) {
            BitSet nulls = nulls(round);
            String[] values = IntStream.range(0, ROWS)
                    .mapToObj(row -> nulls.get(row) ? null : text(delivered))
                    .toArray(String[]::new);
            Column.Texts texts = new Column.Texts(values, nulls);
            assertThat(atOnce(delivered, declared, utf8(texts)))
                    .as("-Dheadworks.seed=" + seed)
                    .isEqualTo(oneByOne(delivered, declared, texts));
            assertSame(delivered, declared, texts);
        }
    }

    private String text(String type) {
        return switch (type) {
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "bits(64)" -> Long.toBinaryString(random.nextLong() >>> random.nextInt(63));
            default ->
                "äb😀c".repeat(20).substring(0, random.nextInt(20) * 4 + 2).replaceAll("\\p{Cs}$", "");
        };
    }

    private static Column.Utf8 utf8(Column.Texts texts) {
        int rows = texts.values().length;
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        StringBuilder all = new StringBuilder("some\0thing");
        for (int row = 0; row < rows; row++) {
            starts[row] = all.toString().getBytes(StandardCharsets.UTF_8).length;
            String text = texts.values()[row];
            lengths[row] = text == null ? -1 : text.getBytes(StandardCharsets.UTF_8).length;
            all.append(text == null ? "" : text).append('\0');
        }
        return new Column.Utf8(all.toString().getBytes(StandardCharsets.UTF_8), starts, lengths, texts.nulls());
    }

    @Test
    void ofBinaries() throws UnfitValue {
        for (int round = 0; round < 10; round++) {
            byte[][] values = new byte[ROWS][];
            for (int row = 0; row < ROWS; row++) {
                values[row] = new byte[random.nextInt(100)];
                random.nextBytes(values[row]);
            }
            assertSame("binary", "bytea", new Column.Binaries(values, nulls(round)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            date        | date                     | 2145042906             | lies outside PostgreSQL's dates
            date        | date                     | -2440589               | lies outside PostgreSQL's dates
            timestamp   | timestamp without time zone | -210866803200000001 | lies outside PostgreSQL's timestamps
            timestamptz | timestamp with time zone | 9223372036854775807    | lies outside PostgreSQL's timestamps
            timestamptz | timestamp with time zone | -9223372036854775807   | lies outside PostgreSQL's timestamps
            """)
    void whatPostgresLacksIsRefused(String delivered, String declared, long value, String message) throws UnfitValue {
        long[] values = fill(0);
        values[17] = value;
        BitSet nulls = new BitSet();
        Column column = new Column.Longs(values, nulls);
        assertThatThrownBy(() -> atOnce(delivered, declared, column)).hasMessageContaining(message);
        assertThatThrownBy(() -> oneByOne(delivered, declared, column)).hasMessageContaining(message);
        nulls.set(17);
        assertSame(delivered, declared, column);
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "7", "8", "11", "15", "16", "40"})
    void aZeroAnywhereInATextIsRefused(int place) {
        char[] text = "x".repeat(41).toCharArray();
        text[place] = 0;
        String[] values = IntStream.range(0, ROWS)
                .mapToObj(row -> row == 200 ? new String(text) : "fine")
                .toArray(String[]::new);
        Column column = utf8(new Column.Texts(values, new BitSet()));
        assertThatThrownBy(() -> atOnce("text", "text", column)).hasMessageContaining("holds U+0000");
    }

    private BitSet nulls(int round) {
        BitSet nulls = new BitSet();
        for (int row = 0; row < ROWS && round > 0; row++) {
            nulls.set(row, random.nextInt(10) < round);
        }
        return nulls;
    }

    private void assertSame(String delivered, String declared, Column column) throws UnfitValue {
        assertThat(atOnce(delivered, declared, column))
                .as("-Dheadworks.seed=" + seed)
                .isEqualTo(oneByOne(delivered, declared, column));
    }

    private static byte[] oneByOne(String delivered, String declared, Column column) throws UnfitValue {
        FieldWriter writer = FieldWriters.of(DataType.parse(delivered).orElseThrow(), declared);
        TupleBuffer out = new TupleBuffer(8);
        for (int row = 0; row < ROWS; row++) {
            if (column.isNull(row)) {
                out.putNull();
            } else {
                writer.write(column, row, out);
            }
        }
        return Arrays.copyOf(out.bytes(), out.length());
    }

    /** The fields one after the other, written in three parts. */
    private static byte[] atOnce(String delivered, String declared, Column column) throws UnfitValue {
        ColumnWriter writer = ColumnWriters.of(DataType.parse(delivered).orElseThrow(), declared);
        int[] sizes = new int[ROWS];
        assertThat(writer.measure(column, ROWS, sizes)).isTrue();
        int[] places = new int[ROWS];
        for (int row = 1; row < ROWS; row++) {
            places[row] = places[row - 1] + sizes[row - 1];
        }
        byte[] bytes = new byte[places[ROWS - 1] + sizes[ROWS - 1]];
        writer.write(0, 1, bytes, places);
        writer.write(1, 250, bytes, places);
        writer.write(250, ROWS, bytes, places);
        return bytes;
    }
}
