package io.headworks.api.portable;

import static io.headworks.api.portable.PortableFunction.Kind.AGGREGATE;
import static io.headworks.api.portable.PortableFunction.Kind.SCALAR;
import static io.headworks.api.portable.PortableFunction.Kind.WINDOW;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of portable functions, and for the best known of the others why they are not among them. */
public final class PortableFunctions {
    /** All of them, in the order of the reference documentation. */
    public static final List<PortableFunction> ALL = List.of(
            scalar("coalesce", "the first that is not NULL", "coalesce(NULL, 2)", "2"),
            scalar("nullif", "NULL where both are equal", "nullif(1, 1)", "NULL"),
            scalar("greatest", "the largest, NULLs left out", "greatest(1, NULL, 3)", "3"),
            scalar("least", "the smallest, NULLs left out", "least(2, NULL, 1)", "1"),
            scalar("abs", "the absolute value; overflow is an error", "abs(-1.50)", "1.50"),
            scalar("sign", "-1, 0 or 1", "sign(-3)", "-1"),
            scalar("ceil", "towards +infinity", "ceil(-1.5)", "-1"),
            scalar("floor", "towards -infinity", "floor(-1.5)", "-2"),
            scalar(
                    "round",
                    "half away from zero, of decimals and integers; digits is a literal",
                    "round(-2.345, 2)",
                    "-2.35"),
            scalar("mod", "the remainder, with the sign of the first; by zero an error", "mod(-7, 3)", "-1"),
            scalar("length", "the number of code points", "length('né')", "2"),
            scalar("substring", "1-based, from 1 up", "substring('abcdef', 2, 3)", "bcd"),
            scalar("left", "the first n characters, n from 0 up", "left('abc', 2)", "ab"),
            scalar("right", "the last n characters, n from 0 up", "right('abc', 2)", "bc"),
            scalar("replace", "every occurrence of a text that is not empty", "replace('a-b-c', '-', '+')", "a+b+c"),
            scalar("lpad", "to exactly n characters", "lpad('7', 3, '0')", "007"),
            scalar("rpad", "to exactly n characters", "rpad('7', 3, '0')", "700"),
            scalar("trim", "spaces at both ends; one argument", "trim('  a ')", "a"),
            scalar("ltrim", "spaces in front; one argument", "ltrim('  a')", "a"),
            scalar("rtrim", "spaces at the end; one argument", "rtrim('a  ')", "a"),
            scalar("instr", "the 1-based place of a text in another, 0 for none", "instr('banana', 'n')", "3"),
            scalar("split_part", "the n-th part, n from 1 up; '' for none", "split_part('a-b-c', '-', 2)", "b"),
            scalar("repeat", "a text n times, n from 0 up", "repeat('ab', 2)", "abab"),
            scalar(
                    "md5",
                    "of the UTF-8 bytes, hexadecimal in lower case",
                    "md5('a')",
                    "0cc175b9c0f1b6a831c399e269772661"),
            scalar("year", "of a date or timestamp", "year(date '2024-02-29')", "2024"),
            scalar("quarter", "1 to 4", "quarter(date '2024-02-29')", "1"),
            scalar("month", "1 to 12", "month(date '2024-02-29')", "2"),
            scalar("day", "of the month", "day(date '2024-02-29')", "29"),
            scalar("dayofmonth", "as day", "dayofmonth(date '2024-02-29')", "29"),
            scalar("dayofyear", "1 to 366", "dayofyear(date '2024-12-31')", "366"),
            scalar("weekofyear", "ISO 8601 week", "weekofyear(date '2024-12-30')", "1"),
            scalar("hour", "0 to 23, in UTC", "hour(timestamp '2024-01-01 13:14:15')", "13"),
            scalar("minute", "0 to 59", "minute(timestamp '2024-01-01 13:14:15')", "14"),
            scalar("second", "0 to 59, whole", "second(timestamp '2024-01-01 13:14:15.9')", "15"),
            scalar("last_day", "of the month of a date", "last_day(date '2024-02-01')", "2024-02-29"),
            scalar("make_date", "of year, month and day", "make_date(2024, 2, 29)", "2024-02-29"),
            scalar(
                    "date_trunc",
                    "of a timestamp (not a date) to year, quarter, month, week, day, hour, minute or second, in UTC",
                    "date_trunc('month', timestamp '2024-02-29 10:00:00')",
                    "2024-02-01 00:00:00"),
            aggregate("count", "rows, or values that are not NULL; distinct too", "count(DISTINCT x)", "2"),
            aggregate("sum", "of integers and decimals; NULL of none; overflow is an error", "sum(x)", "4"),
            aggregate("min", "the smallest; text by code point, NaN largest", "min(x)", "1"),
            aggregate("max", "the largest; text by code point, NaN largest", "max(x)", "2"),
            aggregate("bool_and", "true when none is false, NULLs left out", "bool_and(x > 1)", "false"),
            aggregate("bool_or", "true when one is true, NULLs left out", "bool_or(x > 1)", "true"),
            window("row_number", "1, 2, 3 …; ties by arrival where it is known", "row_number()", "4"),
            window("rank", "equal for ties, with gaps", "rank()", "4"),
            window("dense_rank", "equal for ties, without gaps", "dense_rank()", "3"),
            window("ntile", "n groups as equal as can be", "ntile(2)", "2"),
            window("lag", "the value n rows before", "lag(x)", "2"),
            window("lead", "the value n rows after", "lead(x)", "NULL"),
            window("first_value", "of the frame", "first_value(x)", "1"),
            window("last_value", "of the frame, which ends with the row's ties", "last_value(x)", "NULL"));

    private static final Map<String, PortableFunction> BY_NAME = byName();

    private static final Map<String, String> WHY_NOT = whyNot();

    private PortableFunctions() {}

    public static Optional<PortableFunction> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Known differences of functions that are not portable, by name. */
    public static Map<String, String> differences() {
        return WHY_NOT;
    }

    private static Map<String, String> whyNot() {
        Map<String, String> why = new LinkedHashMap<>();
        why.put("upper", "engines differ on letters such as ß");
        why.put("lower", "engines differ on letters such as İ");
        why.put("concat", "some engines leave NULL out, others give NULL (write a || b)");
        why.put("avg", "of decimals a double here and a decimal there; write sum and count");
        why.put("reverse", "by code point or by what the eye sees");
        why.put("regexp_matches", "engines have different regular expressions");
        why.put("regexp_replace", "engines have different regular expressions");
        why.put("regexp_extract", "engines have different regular expressions");
        why.put("regexp_full_match", "engines have different regular expressions");
        why.put("dayofweek", "counted from 0 or from 1");
        why.put("datediff", "arguments in another order");
        why.put("date_diff", "arguments in another order");
        why.put("timezone", "under another name, with other rules for skipped hours");
        why.put("now", "not the run's clock; in SQL files write {{ now }}");
        why.put("current_timestamp", "not the run's clock; in SQL files write {{ now }}");
        why.put("current_date", "not the run's clock");
        why.put("random", "never the same twice");
        why.put("any_value", "depends on the order of rows");
        why.put("first", "depends on the order of rows");
        why.put("last", "depends on the order of rows");
        why.put("string_agg", "depends on the order of rows");
        why.put("list", "depends on the order of rows");
        return Collections.unmodifiableMap(why);
    }

    private static Map<String, PortableFunction> byName() {
        Map<String, PortableFunction> byName = new LinkedHashMap<>();
        ALL.forEach(function -> byName.put(function.name(), function));
        return byName;
    }

    private static PortableFunction scalar(String name, String meaning, String example, String result) {
        return new PortableFunction(name, SCALAR, meaning, example, result);
    }

    /** The example is over x = 1, 2, 1 and NULL. */
    private static PortableFunction aggregate(String name, String meaning, String example, String result) {
        return new PortableFunction(name, AGGREGATE, meaning, example, result);
    }

    /** The example is over x = 1, 1, 2 and NULL, ordered, at the last row. */
    private static PortableFunction window(String name, String meaning, String example, String result) {
        return new PortableFunction(name, WINDOW, meaning, example, result);
    }
}
