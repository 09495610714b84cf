package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The failing rows of a rule that one row alone decides.
 *
 * @param columns the columns it reads, as far as they are known
 * @param over the condition of a failing row over columns as a function writes them: true, or false or NULL for a good
 *     row
 */
record RowCondition(List<String> columns, Function<UnaryOperator<String>, String> over) {

    String failing(UnaryOperator<String> column) {
        return over.apply(column);
    }

    /** The condition over the relation's own names. */
    String failing() {
        return failing(DuckSql::name);
    }

    /** Null for a rule that looks beyond the row. */
    static @Nullable RowCondition of(Rule rule, Schema schema) {
        if (rule instanceof Rule.NotNull notNull) {
            Unfit.columns(schema, notNull.columns());
            return new RowCondition(
                    notNull.columns(),
                    column -> notNull.columns().stream()
                            .map(name -> column.apply(name) + " IS NULL")
                            .collect(Collectors.joining(" OR ")));
        } else if (rule instanceof Rule.Range range) {
            return range(range, Unfit.column(schema, range.column()));
        } else if (rule instanceof Rule.Accepted accepted) {
            return accepted(accepted, Unfit.column(schema, accepted.column()));
        } else if (rule instanceof Rule.Pattern pattern) {
            return pattern(pattern, Unfit.text(schema, pattern.column()));
        } else if (rule instanceof Rule.Length length) {
            return length(length, Unfit.text(schema, length.column()));
        } else if (rule instanceof Rule.Parseable parseable) {
            return one(Unfit.text(schema, parseable.column()), column -> WrittenValue.unreadable(parseable, column));
        } else if (rule instanceof Rule.JsonSchema json) {
            Field field = Unfit.column(schema, json.column());
            if (!field.type().isText() && field.type() != Simple.JSON) {
                throw Unfit.type(field, "text or json");
            }
            return one(field, column -> JsonCondition.failing(json.shape(), column));
        }
        return RecordCondition.of(rule, schema);
    }

    private static RowCondition pattern(Rule.Pattern pattern, Field field) {
        if (pattern.matches().isEmpty() && pattern.notMatches().isEmpty()) {
            throw Unfit.because("it has no expression (allowed: matches, not_matches)");
        }
        return one(field, column -> {
            List<String> failing = new ArrayList<>();
            if (!pattern.matches().isEmpty()) {
                failing.add("NOT " + anyMatch(pattern.matches(), field, column));
            }
            if (!pattern.notMatches().isEmpty()) {
                failing.add(anyMatch(pattern.notMatches(), field, column));
            }
            return failing.size() == 1 ? failing.get(0) : "(" + String.join(" OR ", failing) + ")";
        });
    }

    private static String anyMatch(List<String> expressions, Field field, String column) {
        String any = expressions.stream()
                .map(each -> "regexp_full_match(" + asText(field, column) + ", " + DuckSql.text(each) + ")")
                .collect(Collectors.joining(" OR "));
        return expressions.size() == 1 ? any : "(" + any + ")";
    }

    private static RowCondition range(Rule.Range range, Field field) {
        DataType type = field.type();
        if (range.min() == null && range.max() == null) {
            throw Unfit.because("it has no bound (allowed: min, max)");
        } else if (!type.isNumber() && !type.isTime() && !(type instanceof DataType.Time) && !isPlainText(type)) {
            throw Unfit.type(field, "a number, a date, a time or text");
        }
        return one(field, column -> {
            String low = range.min() == null ? "" : TypedText.below(column, range.min(), range.minExclusive(), type);
            String high = range.max() == null ? "" : TypedText.above(column, range.max(), range.maxExclusive(), type);
            // NaN is greater than every number here, so that an upper bound finds it
            String nan = isFloating(type) && range.max() == null ? " OR isnan(" + column + ")" : "";
            return "(" + low + (low.isEmpty() || high.isEmpty() ? "" : " OR ") + high + nan + ")";
        });
    }

    private static RowCondition accepted(Rule.Accepted accepted, Field field) {
        return one(field, column -> notAmong(accepted.values(), field, column));
    }

    /** The condition of a value that is none of a list; never true for NULL. */
    static String notAmong(List<String> accepted, Field field, String column) {
        if (accepted.isEmpty()) {
            throw Unfit.because("it accepts no value");
        }
        boolean written = field.type().isText()
                || field.type().isNumber()
                || field.type().isTime()
                || field.type() instanceof DataType.Time
                || field.type() == Simple.BOOLEAN
                || field.type() == Simple.UUID;
        if (!written) {
            throw Unfit.type(field, "a number, a date, a time, a boolean, a uuid or text");
        }
        String values = accepted.stream()
                .map(value -> TypedText.literal(value, field.type()))
                .collect(Collectors.joining(", "));
        return asText(field, column) + " NOT IN (" + values + ")";
    }

    private static RowCondition length(Rule.Length length, Field field) {
        if (length.min() == null && length.max() == null) {
            throw Unfit.because("it has no bound (allowed: min, max)");
        }
        return one(field, column -> {
            String characters = "length(" + asText(field, column) + ")";
            String low = length.min() == null ? "" : characters + " < " + length.min();
            String high = length.max() == null ? "" : characters + " > " + length.max();
            return "(" + low + (low.isEmpty() || high.isEmpty() ? "" : " OR ") + high + ")";
        });
    }

    private static RowCondition one(Field field, UnaryOperator<String> over) {
        RowCondition condition =
                new RowCondition(List.of(field.name()), column -> over.apply(column.apply(field.name())));
        Objects.requireNonNull(condition.failing()); // a bound that cannot be read is found now
        return condition;
    }

    /** An enumeration knows its own values only; compared as text, any value may be named. */
    private static String asText(Field field, String column) {
        return field.type() instanceof DataType.Enumeration ? "CAST(" + column + " AS VARCHAR)" : column;
    }

    private static boolean isPlainText(DataType type) {
        return type.isText() && !(type instanceof DataType.Enumeration);
    }

    private static boolean isFloating(DataType type) {
        return type == Simple.FLOAT || type == Simple.DOUBLE;
    }
}
