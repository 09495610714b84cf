package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type comes back as it went in, or is refused when the table is made. */
public abstract class TargetTypeContract extends TargetStrategyContract {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static @Nullable Object asTimeInUtc(@Nullable Object value) {
        return value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }

    /** Values of types that not every target keeps, beside those of {@code valuesOfAllTypes}. */
    protected Stream<Arguments> moreTypes() {
        return Stream.empty();
    }

    /** A type and values of it. */
    protected static Arguments of(DataType type, Object... values) {
        return Arguments.of(type, List.of(values));
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Types {
        @ParameterizedTest(name = "{0}")
        @MethodSource("valuesOfAllTypes")
        void comeBackAsTheyWentIn(DataType type, List<Object> values) {
            Schema schema = new Schema(List.of(new Field("id", DataType.BIGINT), new Field("value", type)));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Object value : values) {
                if (!refusedValues(type).contains(value)) {
                    rows.add(List.of((long) rows.size(), value));
                }
            }
            List<@Nullable Object> nothing = new ArrayList<>(List.of((long) rows.size()));
            nothing.add(null);
            rows.add(nothing);
            Loads load = supports(Strategy.UPSERT) ? Loads.of(Strategy.UPSERT, "id") : Loads.of(Strategy.APPEND);
            load = load.into(new TableName(null, "typed"));
            if (refusedTypes().contains(type)) {
                refuses(load, schema, type);
                return;
            }
            Relation batch = lab.plain(schema, rows);
            lab.run(1, load, batch, BatchKind.DELTA, null, true);
            TableUnderTest table = new TableUnderTest(lab, schema, load);
            List<List<@Nullable Object>> delivered =
                    TableUnderTest.picked(batch.schema(), lab.rows(batch), schema.names());
            if (lacks().contains(Lack.INSTANTS)) {
                delivered.forEach(row -> row.replaceAll(TargetTypeContract::asTimeInUtc));
            }
            assertThat(table.data()).isEqualTo(delivered);
            if (load.strategy() == Strategy.UPSERT) {
                LoadCounts again =
                        lab.run(2, load, batch, BatchKind.DELTA, null, true).counts();
                assertCounts(again, rows.size(), 0, 0, rows.size(), 0, 0);
            }
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("valuesOfAllTypes")
        void refuseWhatTheyCannotKeep(DataType type) {
            Schema schema = new Schema(List.of(new Field("value", type)));
            for (Object value : refusedValues(type)) {
                Relation batch = lab.plain(schema, List.of(List.of(value)));
                Loads load = Loads.of(Strategy.APPEND).into(new TableName(null, "typed"));
                assertThatThrownBy(() -> lab.run(1, load, batch, BatchKind.DELTA, null, true))
                        .isInstanceOf(HeadworksException.class);
            }
        }

        private void refuses(Loads load, Schema schema, DataType type) {
            assertThatThrownBy(() -> {
                        Relation batch = lab.session.empty(schema);
                        lab.run(1, load, batch, BatchKind.DELTA, null, true);
                    })
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining(type.toString());
        }

        Stream<Arguments> valuesOfAllTypes() {
            return Stream.concat(
                    moreTypes(),
                    Stream.of(
                            of(Simple.BOOLEAN, true, false),
                            of(Simple.INT8, -128L, 127L),
                            of(Simple.INT16, -32768L, 32767L),
                            of(Simple.INT32, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
                            of(Simple.INT64, Long.MIN_VALUE, 9_007_199_254_740_993L, Long.MAX_VALUE),
                            of(Simple.UINT8, 0L, 255L),
                            of(Simple.UINT16, 0L, 65535L),
                            of(Simple.UINT32, 0L, 4294967295L),
                            of(Simple.UINT64, 0L, -1L),
                            of(
                                    Simple.HUGEINT,
                                    new BigDecimal("-170141183460469231731687303715884105727"),
                                    BigDecimal.TEN),
                            of(
                                    new DataType.Decimal(18, 2),
                                    new BigDecimal("-9999999999999999.99"),
                                    new BigDecimal("0.10")),
                            of(new DataType.Decimal(38, 10), new BigDecimal("1234567890123456789012345678.0000000001")),
                            of(Simple.FLOAT, 0.5, -1.25),
                            of(
                                    Simple.DOUBLE,
                                    0.1,
                                    1e300,
                                    Double.NaN,
                                    Double.POSITIVE_INFINITY,
                                    Double.NEGATIVE_INFINITY),
                            of(
                                    Simple.TEXT,
                                    "",
                                    " ",
                                    "it's \"so\"",
                                    "größe 😀 \u200d",
                                    "a\nb\tc",
                                    "NULL",
                                    "Z".repeat(10_000)),
                            of(new DataType.Bounded(5, false), "abcde"),
                            of(Simple.BINARY, new byte[] {0, -1, 39, 34}, new byte[0]),
                            of(
                                    Simple.DATE,
                                    LocalDate.of(1, 1, 1),
                                    LocalDate.of(1582, 10, 10),
                                    LocalDate.of(9999, 12, 31)),
                            of(new DataType.Time(6), 0L, MICROS_PER_DAY - 1),
                            of(
                                    DataType.TIMESTAMP,
                                    LocalDateTime.parse("0001-01-01T00:00:00"),
                                    time("2026-03-29T02:30:00.123456")),
                            of(new DataType.Timestamp(9, false), 1_700_000_000_123_456_789L, -1L),
                            of(
                                    DataType.TIMESTAMPTZ,
                                    Instant.parse("2026-03-29T01:30:00.123456Z"),
                                    Instant.parse("1900-01-01T00:00:00Z")),
                            of(Simple.UUID, "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10"),
                            of(Simple.JSON, "{\"a\":[1,2.50,null]}"),
                            of(Simple.INTERVAL, "P1M", "P30D", "PT0.000001S"),
                            of(new DataType.Enumeration(List.of("small", "it's big")), "it's big"),
                            of(new DataType.ListOf(DataType.BIGINT), List.of(1L, 2L), List.of())));
        }

        private LocalDateTime time(String text) {
            return LocalDateTime.parse(text);
        }
    }
}
