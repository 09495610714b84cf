package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.check.Rule.Intervals.Gaps;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failing rows of rules that hold rows against their neighbours, or against all: whole rows of a SELECT, so that
 * they are counted and shown alike.
 *
 * @param rows the rows looked at, each with what it is held against
 * @param bad the condition of a failing row over those
 * @param needed columns without which a row is not looked at
 */
record AcrossRows(String rows, String bad, List<String> needed) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d|w)");

    /** Null for a rule of another kind. */
    static @Nullable AcrossRows of(Rule rule, Rows rows) {
        if (rule instanceof Rule.Monotonic monotonic) {
            return monotonic(monotonic, rows);
        } else if (rule instanceof Rule.Sequence sequence) {
            return sequence(sequence, rows);
        } else if (rule instanceof Rule.Intervals intervals) {
            return intervals(intervals, rows);
        } else if (rule instanceof Rule.Outliers outliers) {
            return outliers(outliers, rows);
        }
        return null;
    }

    /** {@code FROM} this come the failing rows. */
    String failing() {
        return "(" + rows + ") AS _hw_compared WHERE " + bad;
    }

    String count() {
        return "SELECT count(*) FROM " + failing();
    }

    /** Rows that stand at the same place of the order are not held against each other, but against those before. */
    private static AcrossRows monotonic(Rule.Monotonic rule, Rows rows) {
        Schema schema = rows.relation().schema();
        Field field = sortable(Unfit.column(schema, rule.column()));
        Unfit.columns(schema, rule.orderBy());
        columns(schema, rule.per());
        String extreme = rule.falling() ? "min" : "max";
        String before = extreme + "(" + DuckSql.name(field.name()) + ") OVER (" + partition(rule.per()) + "ORDER BY "
                + DuckSql.names(rule.orderBy()) + " GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)";
        String operator = (rule.falling() ? ">" : "<") + (rule.strictly() ? "=" : "");
        List<String> needed =
                Stream.concat(Stream.of(rule.column()), rule.orderBy().stream()).toList();
        return new AcrossRows(
                select(before, rows, needed), DuckSql.name(field.name()) + " " + operator + " _hw_before", needed);
    }

    private static AcrossRows sequence(Rule.Sequence rule, Rows rows) {
        Schema schema = rows.relation().schema();
        Field field = Unfit.column(schema, rule.column());
        columns(schema, rule.per());
        String column = DuckSql.name(field.name());
        String before = "lag(" + column + ") OVER (" + partition(rule.per()) + "ORDER BY " + column + ")";
        List<String> needed = List.of(rule.column());
        return new AcrossRows(
                select(before, rows, needed),
                "_hw_before IS NOT NULL AND " + column + " <> _hw_before + " + step(rule.step(), field),
                needed);
    }

    private static String step(String step, Field field) {
        DataType type = field.type();
        Matcher duration = DURATION.matcher(step);
        if (duration.matches() && type.isTime()) {
            long seconds = Long.parseLong(duration.group(1)) * secondsOf(duration.group(2));
            if (type != Simple.DATE) {
                return "INTERVAL " + seconds + " SECOND";
            } else if (seconds % 86_400 == 0 && seconds > 0) {
                return Long.toString(seconds / 86_400);
            }
        } else if (type.isInteger() || type instanceof DataType.Decimal || type == Simple.DATE) {
            BigDecimal number = number(step);
            boolean whole = number != null && number.stripTrailingZeros().scale() <= 0;
            if (number != null && number.signum() > 0 && (whole || type instanceof DataType.Decimal)) {
                return number.toPlainString();
            }
        } else if (!type.isTime()) {
            throw Unfit.type(field, "a whole number, a decimal, a date or a timestamp");
        }
        throw Unfit.because("'" + step + "' is no step of " + type + " (allowed: "
                + (type.isTime() && type != Simple.DATE
                        ? "a duration, as 1h"
                        : type == Simple.DATE ? "days, as 1d" : "a number above 0")
                + ")");
    }

    private static long secondsOf(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 604_800;
        };
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /**
     * In the order of their beginnings each interval is held against the latest end before it, so that one that lies in a
     * long one is found however many lie between. NULL is an open beginning or end.
     */
    private static AcrossRows intervals(Rule.Intervals rule, Rows rows) {
        Schema schema = rows.relation().schema();
        Field from = sortable(Unfit.column(schema, rule.from()));
        Field to = sortable(Unfit.column(schema, rule.to()));
        if (!from.type().equals(to.type())) {
            throw Unfit.because(
                    "column '" + from.name() + "' is " + from.type() + " and '" + to.name() + "' is " + to.type());
        }
        columns(schema, rule.per());
        String begin = DuckSql.name(from.name());
        String end = DuckSql.name(to.name());
        String before = " OVER (" + partition(rule.per()) + "ORDER BY " + begin + " NULLS FIRST, " + end
                + " NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)";
        String held = "max(" + end + ")" + before + " AS _hw_end, count(*)" + before + " AS _hw_earlier, count_if("
                + end + " IS NULL)" + before;
        List<String> bad = new ArrayList<>();
        bad.add(end + " < " + begin);
        if (!rule.emptyAllowed() && !rule.closed()) {
            bad.add(end + " = " + begin);
        }
        bad.add("_hw_before > 0");
        bad.add("_hw_earlier > 0 AND " + begin + " IS NULL");
        bad.add(begin + (rule.closed() ? " <= " : " < ") + "_hw_end");
        if (rule.gaps() == Gaps.REFUSE) {
            bad.add(begin + " > _hw_end");
        } else if (rule.gaps() == Gaps.REQUIRE) {
            bad.add(begin + " = _hw_end");
        }
        String any = bad.stream().map(each -> "coalesce(" + each + ", false)").collect(Collectors.joining(" OR "));
        return new AcrossRows(select(held, rows, List.of()), "(" + any + ")", List.of());
    }

    /** Against the mean and deviation of the rows looked at; equal values have no outlier. */
    private static AcrossRows outliers(Rule.Outliers rule, Rows rows) {
        Field field = Unfit.column(rows.relation().schema(), rule.column());
        if (!field.type().isNumber()) {
            throw Unfit.type(field, "a number");
        }
        String value = "CAST(" + DuckSql.name(field.name()) + " AS DOUBLE)";
        String finite = "FILTER (WHERE isfinite(" + value + ")) OVER ()";
        String held = "avg(" + value + ") " + finite + " AS _hw_mean, stddev_samp(" + value + ") " + finite;
        return new AcrossRows(
                select(held, rows, List.of(rule.column())),
                "(NOT isfinite(" + value + ") OR abs(" + value + " - _hw_mean) > "
                        + rule.zScore().toPlainString() + " * _hw_before)",
                List.of(rule.column()));
    }

    private static String select(String before, Rows rows, List<String> needed) {
        return "SELECT *, " + before + " AS _hw_before FROM " + rows.and(present(needed));
    }

    /** Conditions for the rows that are looked at. */
    static String[] present(List<String> needed) {
        return needed.stream()
                .map(column -> DuckSql.name(column) + " IS NOT NULL")
                .toArray(String[]::new);
    }

    private static String partition(List<String> per) {
        return per.isEmpty() ? "" : "PARTITION BY " + DuckSql.names(per) + " ";
    }

    private static void columns(Schema schema, List<String> names) {
        names.forEach(name -> Unfit.column(schema, name));
    }

    private static Field sortable(Field field) {
        boolean sorts = field.type().isNumber()
                || field.type().isTime()
                || field.type().isText()
                || field.type() instanceof DataType.Time;
        if (!sorts || field.type() instanceof DataType.Enumeration) {
            throw Unfit.type(field, "a number, a date, a time or text");
        }
        return field;
    }
}
