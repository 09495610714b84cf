package io.headworks.core.run;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One value of a payload, as the engine writes it into JSON, as a column of its type holds it. */
final class PayloadValue {
    /** {@code 1 year -2 months 3 days -04:05:06.7}, each part left out when it is nothing. */
    private static final Pattern INTERVAL = Pattern.compile(
            "(?:(-?\\d+) years? ?)?(?:(-?\\d+) months? ?)?(?:(-?\\d+) days? ?)?(?:(-)?(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?))?");

    private PayloadValue() {}

    /** True for numbers that a long does not hold. */
    static boolean isWideNumber(DataType type) {
        boolean wideDecimal = type instanceof DataType.Decimal decimal && decimal.precision() > 18;
        return wideDecimal || type == Simple.HUGEINT || type == Simple.NUMERIC;
    }

    /**
     * The value.
     *
     * @throws RuntimeException when it is none of the type, or not exactly
     */
    static Object of(DataType type, Object json) {
        if (type instanceof DataType.ListOf list) {
            return elements((List<?>) json, list.element());
        } else if (type instanceof DataType.Struct struct) {
            return members((Map<?, ?>) json, struct);
        } else if (type instanceof DataType.MapOf map) {
            return entries((List<?>) json, map);
        } else if (isWideNumber(type)) {
            return number(type, new BigDecimal(json.toString()));
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return floating(json.toString());
        } else if (PayloadLongs.holds(type)) {
            return PayloadLongs.of(type, json);
        } else if (type == Simple.BINARY || type == Simple.GEOMETRY) {
            return PayloadLongs.bytes((String) json);
        } else if (type == Simple.INTERVAL) {
            return interval((String) json);
        }
        return (String) json;
    }

    private static @Nullable Object orNull(DataType type, @Nullable Object json) {
        return json == null ? null : of(type, json);
    }

    private static List<@Nullable Object> elements(List<?> json, DataType element) {
        List<@Nullable Object> values = new ArrayList<>();
        json.forEach(each -> values.add(orNull(element, each)));
        return values;
    }

    private static List<@Nullable Object> members(Map<?, ?> json, DataType.Struct struct) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : struct.fields()) {
            values.add(orNull(field.type(), json.get(field.name())));
        }
        if (json.size() > struct.fields().size()) {
            throw new IllegalArgumentException("it has members that the type does not have");
        }
        return values;
    }

    private static List<@Nullable Object> entries(List<?> json, DataType.MapOf map) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object each : json) {
            List<?> pair = (List<?>) each;
            List<@Nullable Object> entry = new ArrayList<>();
            entry.add(orNull(map.key(), pair.get(0)));
            entry.add(orNull(map.value(), pair.get(1)));
            values.add(entry);
        }
        return values;
    }

    private static BigDecimal number(DataType type, BigDecimal number) {
        int scale = type instanceof DataType.Decimal decimal
                ? decimal.scale()
                : type == Simple.HUGEINT ? 0 : number.scale();
        return number.setScale(scale);
    }

    private static Double floating(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    /** ISO 8601, each number with its own sign. */
    private static String interval(String text) {
        Matcher found = INTERVAL.matcher(text);
        if (text.isEmpty() || !found.matches()) {
            throw new IllegalArgumentException("no interval");
        }
        String sign = found.group(4) == null ? "" : "-";
        String time = found.group(5) == null
                ? "T0S"
                : "T" + sign + found.group(5) + "H" + sign + found.group(6) + "M" + sign + found.group(7) + "S";
        return "P" + part(found.group(1)) + "Y" + part(found.group(2)) + "M" + part(found.group(3)) + "D" + time;
    }

    private static String part(@Nullable String digits) {
        return digits == null ? "0" : digits;
    }
}
