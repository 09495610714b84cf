package io.headworks.duckdb.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Decimal;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.DataType.Timestamp;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts and hashes of {@code hw1}, as docs/diff.md states them. */
final class EngineComparisonTest {
    private static final int BUCKETS = 7;
    private static final HashedColumn ID = new HashedColumn("id", DataType.BIGINT, new CanonicalForm.Whole());

    @TempDir
    Path folder;

    private Engine engine;
    private DuckDbSession session;

    @BeforeEach
    void open() throws Exception {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = (DuckDbSession)
                engine.session("one", Files.createDirectories(folder.resolve("one")), new Cancellation());
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private void text(String literal, DataType type, CanonicalForm form, String expected) {
        HashedColumn column = new HashedColumn("v", type, form);
        List<String> texts = session.sql()
                .query(
                        "SELECT " + CellText.of(column) + " FROM (SELECT " + literal + " AS v)",
                        row -> row.getString(1));
        assertThat(texts).as(literal).containsExactly(expected);
    }

    @Test
    void numbersHaveOneText() {
        text("CAST(-42 AS SMALLINT)", Simple.INT16, new CanonicalForm.Whole(), "-42");
        text("true", Simple.BOOLEAN, new CanonicalForm.Whole(), "1");
        text("18446744073709551615::UBIGINT", Simple.UINT64, new CanonicalForm.Whole(), "18446744073709551615");
        text("-0.5::DECIMAL(2,2)", new Decimal(2, 2), new CanonicalForm.Fixed(2), "-0.50");
        text("0.05::DECIMAL(2,2)", new Decimal(2, 2), new CanonicalForm.Fixed(4), "0.0500");
        text("7::DECIMAL(38,0)", new Decimal(38, 0), new CanonicalForm.Fixed(2), "7.00");
        text("7", Simple.INT32, new CanonicalForm.Fixed(1), "7.0");
        text(
                "-99999999999999999999999999999999999.999::DECIMAL(38,3)",
                new Decimal(38, 3),
                new CanonicalForm.Fixed(3),
                "-99999999999999999999999999999999999.999");
    }

    @Test
    void doublesAreTheirBits() {
        CanonicalForm form = new CanonicalForm.Floating();
        for (double number :
                new double[] {1.5, -1e300, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, Double.NEGATIVE_INFINITY}) {
            text("'" + number + "'::DOUBLE", Simple.DOUBLE, form, Long.toString(Double.doubleToLongBits(number)));
        }
        text("'-0.0'::DOUBLE", Simple.DOUBLE, form, "0");
        text("'nan'::DOUBLE", Simple.DOUBLE, form, "nan");
        text("-'nan'::DOUBLE", Simple.DOUBLE, form, "nan");
        text("0.1::FLOAT", Simple.FLOAT, form, Long.toString(Double.doubleToLongBits(0.1f)));
        text("0.1::DECIMAL(18,10)", new Decimal(18, 10), form, Long.toString(Double.doubleToLongBits(0.1)));
        text(
                "12345678901234567890.123456789::DECIMAL(38,9)",
                new Decimal(38, 9),
                form,
                Long.toString(Double.doubleToLongBits(12345678901234567890.123456789)));
    }

    @Test
    void timesHaveOneText() {
        CanonicalForm day = new CanonicalForm.Day();
        text("DATE '0001-01-01'", Simple.DATE, day, "0001-01-01");
        text("DATE '0044-03-15 (BC)'", Simple.DATE, day, "0044-03-15 BC");
        text("DATE '12024-02-29'", Simple.DATE, day, "12024-02-29");
        text("DATE '-infinity'", Simple.DATE, day, "-infinity");
        CanonicalForm moment = new CanonicalForm.Moment();
        text("TIMESTAMP '2026-01-31 23:59:59.250000'", DataType.TIMESTAMP, moment, "2026-01-31 23:59:59.25");
        text("TIMESTAMP '2026-01-31 00:00:00'", DataType.TIMESTAMP, moment, "2026-01-31 00:00:00");
        text("TIMESTAMP '0044-03-15 (BC) 12:00:00.5'", DataType.TIMESTAMP, moment, "0044-03-15 12:00:00.5 BC");
        text("TIMESTAMP 'infinity'", DataType.TIMESTAMP, moment, "infinity");
        text("TIMESTAMPTZ '2026-01-31 23:59:59.25+02'", DataType.TIMESTAMPTZ, moment, "2026-01-31 21:59:59.25");
        text("TIMESTAMPTZ '0044-03-15 (BC) 12:00:00+00'", DataType.TIMESTAMPTZ, moment, "0044-03-15 12:00:00 BC");
        text("TIMESTAMPTZ '-infinity'", DataType.TIMESTAMPTZ, moment, "-infinity");
        text("DATE '2026-01-31'", Simple.DATE, moment, "2026-01-31 00:00:00");
        text(
                "TIMESTAMP_NS '2026-01-31 23:59:59.123456780'",
                new Timestamp(9, false),
                moment,
                "2026-01-31 23:59:59.12345678");
        text("TIMESTAMP_NS '2026-01-31 23:59:59.5'", new Timestamp(9, false), moment, "2026-01-31 23:59:59.5");
        text("TIMESTAMP_S '2026-01-31 23:59:59'", new Timestamp(0, false), moment, "2026-01-31 23:59:59");
        text("TIME '23:59:59.100'", new DataType.Time(6), new CanonicalForm.TimeOfDay(), "23:59:59.1");
    }

    @Test
    void textsAndBytesHaveOneText() {
        text("'a  '", DataType.TEXT, new CanonicalForm.Characters(false), "a  ");
        text("'a  '", DataType.TEXT, new CanonicalForm.Characters(true), "a");
        text(
                "'00A0EEBC-9999-0b4e-F8BB-6d6bb9bd380A'",
                DataType.TEXT,
                new CanonicalForm.Uuid(),
                "00a0eebc-9999-0b4e-f8bb-6d6bb9bd380a");
        text("'\\x00\\xFFa'::BLOB", Simple.BINARY, new CanonicalForm.Bytes(), "x00ff61");
        text("''::BLOB", Simple.BINARY, new CanonicalForm.Bytes(), "x");
        text(
                "'{\"b\" : [1, 2.0],\"a\":\"x y\"}'::JSON",
                Simple.JSON,
                new CanonicalForm.Document(),
                "{\"b\":[1,2.0],\"a\":\"x y\"}");
        text("'no json'", DataType.TEXT, new CanonicalForm.Document(), "no json");
    }

    @Test
    void neighboursShareACellAndWhatIsFarApartNever() {
        CanonicalForm fixed = new CanonicalForm.Fixed(2);
        text("-0.01::DECIMAL(8,2)", new Decimal(8, 2), new Near(fixed, 0.25), "c-1");
        text("0.26::DECIMAL(8,2)", new Decimal(8, 2), new Near(fixed, 0.25), "c1");
        text(
                "1e300::DOUBLE",
                Simple.DOUBLE,
                new Near(new CanonicalForm.Floating(), 0.25),
                Long.toString(Double.doubleToLongBits(1e300)));
        text("'nan'::DOUBLE", Simple.DOUBLE, new Near(new CanonicalForm.Floating(), 0.25), "nan");
        text("TIMESTAMP '1970-01-01 00:00:01.75'", DataType.TIMESTAMP, new Near(new CanonicalForm.Moment(), 0.5), "c3");
        text("TIMESTAMP 'infinity'", DataType.TIMESTAMP, new Near(new CanonicalForm.Moment(), 0.5), "infinity");
        text("DATE '1970-01-02'", Simple.DATE, new Near(new CanonicalForm.Day(), 65536), "c1");
    }

    @Test
    void valuesFurtherApartThanTheToleranceNeverShareACell() {
        for (String distance : List.of("0.01", "0.3", "1", "7")) {
            Tolerance tolerance = new Tolerance(new BigDecimal(distance));
            Near form = new Near(new CanonicalForm.Fixed(3), tolerance.cell());
            DataType type = new Decimal(12, 3);
            String near = CellText.of(new HashedColumn("a", type, form)) + " = "
                    + CellText.of(new HashedColumn("b", type, form));
            String pairs =
                    " FROM (SELECT CAST(x.range / 1000.0 - 20 AS DECIMAL(12,3)) AS a, a + CAST(y.range / 1000.0 AS"
                            + " DECIMAL(12,3)) AS b FROM range(0, 40000, 37) AS x, range(0, 20000, 3) AS y) WHERE ";
            assertThat(session.sql().number("SELECT count(*)" + pairs + near + " AND b - a > " + distance))
                    .isZero();
            assertThat(session.sql().number("SELECT count(*)" + pairs + near)).isPositive();
        }
    }

    @Test
    void aRowsHashIsTheFirstHalfOfTheMd5OfItsCells() {
        Relation rows = session.relation(
                "SELECT * FROM (VALUES (1, 'ä,1', 5), (-8, NULL, NULL), (NULL, '', 7)) AS t(id, name, n)");
        RowHashing hashing = new RowHashing(
                List.of(new HashedColumn("id", Simple.INT32, new CanonicalForm.Whole())),
                List.of(
                        new HashedColumn("name", DataType.TEXT, new CanonicalForm.Characters(false)),
                        new HashedColumn("n", Simple.INT32, new CanonicalForm.Whole())),
                BUCKETS,
                true);
        assertThat(session.comparison().buckets(rows, hashing))
                .containsExactlyInAnyOrder(
                        new Bucket(1 + BUCKETS, 1, hash("1,4:ä,1,5,")),
                        new Bucket(-1 + BUCKETS, 1, hash("-8,:,,")),
                        new Bucket(0, 1, hash(",0:,7,")));
    }

    @Test
    void otherKeysHaveBucketsByTheirOwnHash() {
        Relation rows = session.relation("SELECT * FROM (VALUES ('a', 1), ('b', 2), (NULL, 3)) AS t(k, n)");
        RowHashing hashing = new RowHashing(
                List.of(
                        new HashedColumn("k", DataType.TEXT, new CanonicalForm.Characters(false)),
                        new HashedColumn("n", Simple.INT32, new CanonicalForm.Whole())),
                List.of(),
                BUCKETS,
                false);
        assertThat(session.comparison().buckets(rows, hashing))
                .containsExactlyInAnyOrder(
                        new Bucket(bucket("1:a,1,"), 1, hash("1:a,1,")),
                        new Bucket(bucket("1:b,2,"), 1, hash("1:b,2,")),
                        new Bucket(0, 1, hash(":,3,")));
        int one = bucket("1:a,1,");
        assertThat(session.count(session.comparison().within(rows, hashing, Set.of(one))))
                .isEqualTo(one == bucket("1:b,2,") ? 2 : 1);
    }

    @Test
    void aBucketsHashIsTheSumOfItsRowsWhateverTheirOrder() {
        RowHashing hashing = new RowHashing(List.of(ID), List.of(), 1, true);
        Relation rows = session.relation("SELECT range AS id FROM range(1000)");
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += hash(i + ",");
        }
        assertThat(session.comparison().buckets(rows, hashing)).containsExactly(new Bucket(1, 1000, sum));
    }

    @Test
    void keysThatOccurTwiceAreCounted() {
        RowHashing hashing = new RowHashing(List.of(ID), List.of(), 1, true);
        Relation rows =
                session.relation("SELECT * FROM (VALUES (1), (1), (1), (2), (NULL), (NULL), (3), (3)) AS t(id)");
        assertThat(session.comparison().repeated(rows, hashing)).isEqualTo(new Repeated(2, 5));
    }

    @Test
    void collationsAreNotApplied() {
        session.sql().execute("CREATE TEMP TABLE folded (k VARCHAR COLLATE NOCASE)");
        session.sql().execute("INSERT INTO folded VALUES ('a'), ('A')");
        RowHashing hashing = new RowHashing(
                List.of(new HashedColumn("k", DataType.TEXT, new CanonicalForm.Characters(false))),
                List.of(),
                1,
                false);
        Relation rows = session.relation("SELECT k FROM folded");
        assertThat(session.comparison().repeated(rows, hashing)).isEqualTo(Repeated.NONE);
        var side = new io.headworks.api.engine.RowComparison.Side(rows, hashing.key());
        assertThat(session.comparison().compare(side, side, 1, List.of()).left().repeated())
                .isEqualTo(Repeated.NONE);
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(md5(text)).getLong();
    }

    private static int bucket(String key) {
        return (int) (1 + (ByteBuffer.wrap(md5(key)).getInt() & 0xffffffffL) % BUCKETS);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
