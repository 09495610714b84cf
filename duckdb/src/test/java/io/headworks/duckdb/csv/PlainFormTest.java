package io.headworks.duckdb.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.compile.ExactCast;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainFormTest {
    private static final long SEED = Long.getLong("headworks.seed", System.nanoTime());
    private static final int TEXTS = Integer.getInteger("headworks.rounds", 60) * 50;
    private static final String ALPHABET = "0123456789-+.: T_eEx,";

    private static boolean isPlain(String type, String text) {
        PlainForm form = PlainForm.of(DataType.parse(type).orElseThrow()).orElseThrow();
        byte[] bytes = Arrays.copyOf(
                (text + "\n").getBytes(StandardCharsets.US_ASCII), text.length() + 1 + PlainRecords.SLACK);
        return form.end(bytes, 0) == text.length();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint|0",
                "bigint|-999999999999999999",
                "bigint|007",
                "tinyint|-99",
                "uinteger|999999999",
                "decimal(5,2)|-123.45",
                "decimal(5,2)|0.1",
                "decimal(5,0)|12345",
                "double|-0.25",
                "date|2024-02-29",
                "date|1000-01-01",
                "date|9999-12-31",
                "date|2000-02-29",
                "timestamp|2024-02-29 23:59:59",
                "timestamp|2024-02-29T00:00:00.123456"
            })
    void takesWhatIsPlain(String type, String text) {
        assertThat(isPlain(type, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "bigint|1.0",
                "bigint| 1",
                "bigint|1 ",
                "bigint|+1",
                "bigint|-",
                "bigint|1_000",
                "bigint|0x10",
                "bigint|1e3",
                "bigint|1000000000000000000",
                "tinyint|100",
                "uinteger|-1",
                "decimal(5,2)|1.239",
                "decimal(5,2)|1234",
                "decimal(5,2)|1.",
                "decimal(5,2)|.5",
                "decimal(5,2)|1e1",
                "double|1e400",
                "double|inf",
                "double|1.5.",
                "date|2023-02-29",
                "date|1900-02-29",
                "date|2024-04-31",
                "date|2024-13-01",
                "date|2024-00-10",
                "date|2024-01-00",
                "date|0999-01-01",
                "date|24-02-29",
                "date|2024-2-9",
                "date|2024-02-29x",
                "date|2024-02-29 10:00:00",
                "date|2024/02/29",
                "timestamp|2024-02-29",
                "timestamp|2024-02-29 24:00:00",
                "timestamp|2024-02-29 10:60:00",
                "timestamp|2024-02-29 10:00:60",
                "timestamp|2024-02-29 10:00",
                "timestamp|2024-02-29 10:00:00.",
                "timestamp|2024-02-29 10:00:00.1234567",
                "timestamp|2024-02-29 10:00:00Z",
                "timestamp|2024-02-29 10:00: 5",
                "timestamp|2024-02-29 10:00:00+02"
            })
    void leavesTheRestToOthers(String type, String text) {
        assertThat(isPlain(type, text)).isFalse();
    }

    /** What is plain converts exactly by the rules for texts, and the engine's bare cast gives that very value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tinyint",
                "smallint",
                "integer",
                "bigint",
                "hugeint",
                "utinyint",
                "usmallint",
                "uinteger",
                "ubigint",
                "decimal(5,2)",
                "decimal(18,2)",
                "decimal(38,10)",
                "decimal(4,0)",
                "double",
                "date",
                "timestamp"
            })
    void isExactWhereTheBareCastIs(String spelling) throws SQLException {
        DataType type = DataType.parse(spelling).orElseThrow();
        Random random = new Random(SEED);
        List<String> plain = IntStream.range(0, TEXTS)
                .mapToObj(any -> text(random))
                .filter(text -> isPlain(spelling, text))
                .toList();
        assertThat(plain).as("seed " + SEED).hasSizeGreaterThan(TEXTS / 100);
        ExactCast exact = ExactCast.of("test", "t", DataType.TEXT, type, false);
        String values =
                plain.stream().map(text -> "(" + DuckSql.text(text) + ")").collect(Collectors.joining(", "));
        List<String> bent = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT t FROM (VALUES " + values + ") v(t) WHERE ("
                        + exact.fits() + " AND CAST(t AS " + DuckTypes.spelling(type) + ") = " + exact.value()
                        + ") IS NOT TRUE")) {
            while (rows.next()) {
                bent.add(rows.getString(1));
            }
        }
        assertThat(bent).as("seed " + SEED + ", " + spelling).isEmpty();
    }

    /** Mostly near a right value, with a character changed now and then. */
    private static String text(Random random) {
        String digits = String.valueOf(Math.abs(random.nextLong() >> random.nextInt(63)));
        String text = switch (random.nextInt(6)) {
            case 0 -> "-" + digits;
            case 1 -> digits + "." + random.nextInt(1000);
            case 2 -> "0." + random.nextInt(1000);
            case 3 -> day(random);
            case 4 ->
                day(random)
                        + (random.nextBoolean() ? " " : "T")
                        + String.format("%02d:%02d:%02d", random.nextInt(25), random.nextInt(61), random.nextInt(61))
                        + (random.nextBoolean() ? "" : "." + random.nextInt(10_000_000));
            default -> digits;
        };
        if (random.nextInt(3) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at)
                + ALPHABET.charAt(random.nextInt(ALPHABET.length()))
                + text.substring(at + random.nextInt(2));
    }

    private static String day(Random random) {
        return String.format("%04d-%02d-%02d", 990 + random.nextInt(9010), random.nextInt(14), random.nextInt(33));
    }
}
