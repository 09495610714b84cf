package io.headworks.duckdb.batch;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.sql.DuckTypes;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.function.Function;

/**
 * How a single value travels where the engine's columnar interface lacks its type or where it stands inside a list,
 * struct or map: as a text made by the engine, and back.
 *
 * @param toText SQL expression to SQL expression of a text
 * @param fromText SQL expression of a text to SQL expression of the type
 * @param read the text as the Java value of a batch
 * @param write the Java value of a batch as the text
 */
record Leaf(
        Function<String, String> toText,
        Function<String, String> fromText,
        Function<String, Object> read,
        Function<Object, String> write) {

    static Leaf of(DataType type) {
        String spelling = DuckTypes.spelling(type);
        Function<String, String> cast = sql -> "CAST(" + sql + " AS " + spelling + ")";
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp);
        } else if (type instanceof DataType.Time) {
            return number(sql -> "epoch_us(" + sql + ")", sql -> "(TIME '00:00:00' + to_microseconds(" + sql + "))");
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal, cast);
        }
        if (!(type instanceof Simple simple)) {
            return text(cast);
        }
        return switch (simple) {
            case BOOLEAN -> number(sql -> "CAST(" + sql + " AS INTEGER)", sql -> "(" + sql + " <> 0)");
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> number(sql -> sql, cast);
            case UINT64 ->
                new Leaf(Leaf::varchar, cast, Long::parseUnsignedLong, value -> Long.toUnsignedString((Long) value));
            case HUGEINT, NUMERIC ->
                new Leaf(
                        Leaf::varchar,
                        cast,
                        BigDecimal::new,
                        value -> ((BigDecimal) value).toBigIntegerExact().toString());
            case FLOAT, DOUBLE -> new Leaf(Leaf::varchar, cast, Leaf::floating, value -> String.valueOf(value));
            case DATE ->
                number(
                        sql -> "(" + sql + " - DATE '1970-01-01')",
                        sql -> "(DATE '1970-01-01' + CAST(" + sql + " AS INTEGER))");
            case BINARY, GEOMETRY ->
                new Leaf(
                        sql -> "to_base64(" + sql + ")",
                        sql -> "from_base64(" + sql + ")",
                        text -> Base64.getDecoder().decode(text),
                        value -> Base64.getEncoder().encodeToString((byte[]) value));
            case INTERVAL -> IntervalText.leaf();
            case TEXT, TIMETZ, UUID, JSON -> text(cast);
        };
    }

    private static String varchar(String sql) {
        return "CAST(" + sql + " AS VARCHAR)";
    }

    private static Leaf text(Function<String, String> cast) {
        return new Leaf(Leaf::varchar, cast, text -> text, String::valueOf);
    }

    private static Leaf number(Function<String, String> toNumber, Function<String, String> fromNumber) {
        return new Leaf(
                sql -> varchar(toNumber.apply(sql)),
                sql -> fromNumber.apply("CAST(" + sql + " AS BIGINT)"),
                Long::valueOf,
                String::valueOf);
    }

    private static Leaf decimal(DataType.Decimal decimal, Function<String, String> cast) {
        int scale = decimal.scale();
        if (decimal.precision() > 18) {
            return new Leaf(
                    Leaf::varchar,
                    cast,
                    BigDecimal::new,
                    value -> ((BigDecimal) value)
                            .setScale(scale, java.math.RoundingMode.UNNECESSARY)
                            .toPlainString());
        }
        return new Leaf(
                Leaf::varchar,
                cast,
                text -> new BigDecimal(text).movePointRight(scale).longValueExact(),
                value -> BigDecimal.valueOf((Long) value, scale).toPlainString());
    }

    private static Leaf timestamp(DataType.Timestamp timestamp) {
        if (timestamp.digits() > 6) {
            return number(sql -> "epoch_ns(" + sql + ")", sql -> "make_timestamp_ns(" + sql + ")");
        }
        return number(
                sql -> "epoch_us(" + sql + ")",
                sql -> timestamp.zoned() ? "make_timestamptz(" + sql + ")" : "make_timestamp(" + sql + ")");
    }

    private static Double floating(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }
}
