package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The failing rows of a rule that one row alone decides.
 *
 * @param columns the columns it reads
 */
record RowCondition(List<String> columns, UnaryOperator<String> over) {

    /** The condition of a failing row over columns as the function writes them: true, or false or NULL for a good row. */
    String failing(UnaryOperator<String> column) {
        return columns.stream().map(column).map(over).collect(Collectors.joining(" OR "));
    }

    /** The condition over the relation's own names. */
    String failing() {
        return failing(DuckSql::name);
    }

    /** Null for a rule that looks beyond the row. */
    static @Nullable RowCondition of(Rule rule, Schema schema) {
        if (rule instanceof Rule.NotNull notNull) {
            Unfit.columns(schema, notNull.columns());
            return new RowCondition(notNull.columns(), column -> column + " IS NULL");
        } else if (rule instanceof Rule.Range range) {
            return range(range, Unfit.column(schema, range.column()));
        } else if (rule instanceof Rule.Accepted accepted) {
            return accepted(accepted, Unfit.column(schema, accepted.column()));
        } else if (rule instanceof Rule.Pattern pattern) {
            Field field = text(schema, pattern.column());
            String expression = DuckSql.text(pattern.matches());
            return one(field, column -> "NOT regexp_full_match(" + asText(field, column) + ", " + expression + ")");
        } else if (rule instanceof Rule.Length length) {
            return length(length, text(schema, length.column()));
        }
        return null;
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
        if (accepted.values().isEmpty()) {
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
        String values = accepted.values().stream()
                .map(value -> TypedText.literal(value, field.type()))
                .collect(Collectors.joining(", "));
        return one(field, column -> asText(field, column) + " NOT IN (" + values + ")");
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
        RowCondition condition = new RowCondition(List.of(field.name()), over);
        Objects.requireNonNull(condition.failing()); // a bound that cannot be read is found now
        return condition;
    }

    private static Field text(Schema schema, String column) {
        Field field = Unfit.column(schema, column);
        if (!field.type().isText()) {
            throw Unfit.type(field, "text");
        }
        return field;
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
