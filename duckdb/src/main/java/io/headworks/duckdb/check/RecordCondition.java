package io.headworks.duckdb.check;

import io.headworks.api.check.Comparison;
import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failing rows of rules that hold the columns of one row against each other. */
final class RecordCondition {

    private RecordCondition() {}

    /** Null for a rule that looks beyond the row. */
    static @Nullable RowCondition of(Rule rule, Schema schema) {
        if (rule instanceof Rule.Compare compare) {
            return compare(compare, schema);
        } else if (rule instanceof Rule.Different different) {
            return different(different, schema);
        } else if (rule instanceof Rule.Total total) {
            return total(total, schema);
        } else if (rule instanceof Rule.Condition condition) {
            String then = Unfit.expression("then", condition.then());
            String when = condition.when() == null ? null : Unfit.expression("when", condition.when());
            String fails = then + " IS NOT TRUE";
            return new RowCondition(
                    List.of(), column -> when == null ? fails : "(" + when + " IS TRUE AND " + fails + ")");
        }
        return null;
    }

    private static RowCondition compare(Rule.Compare rule, Schema schema) {
        Field one = Unfit.column(schema, rule.column());
        Field other = Unfit.column(schema, rule.to());
        comparable(one, other);
        return new RowCondition(List.of(one.name(), other.name()), column -> {
            String a = column.apply(one.name());
            String b = column.apply(other.name());
            String holds = a + " " + rule.is().operator() + " " + b;
            String nan = isNan(one, a, isNan(other, b, ""));
            String wrong = nan.isEmpty()
                    ? "NOT (" + holds + ")"
                    : "(" + a + " IS NOT NULL AND " + b + " IS NOT NULL AND (NOT (" + holds + ")" + nan + "))";
            return switch (rule.nulls()) {
                case PASS -> wrong;
                case FAIL -> "(" + a + " IS NULL OR " + b + " IS NULL OR " + wrong + ")";
                case EQUAL -> withEqualNulls(rule.is(), a, b, wrong);
            };
        });
    }

    /** Two NULLs are equal; one alone is different, and neither less nor greater. */
    private static String withEqualNulls(Comparison is, String a, String b, String wrong) {
        boolean equalPasses = is == Comparison.EQUAL || is == Comparison.AT_MOST || is == Comparison.AT_LEAST;
        String both = "(" + a + " IS NULL AND " + b + " IS NULL)";
        String one = "((" + a + " IS NULL) <> (" + b + " IS NULL))";
        String nulls = is == Comparison.NOT_EQUAL ? both : equalPasses ? one : both + " OR " + one;
        return "(" + nulls + " OR " + wrong + ")";
    }

    private static RowCondition different(Rule.Different rule, Schema schema) {
        List<Field> fields = new ArrayList<>();
        rule.columns().forEach(name -> fields.add(Unfit.column(schema, name)));
        fields.forEach(field -> comparable(fields.get(0), field));
        return new RowCondition(rule.columns(), column -> {
            List<String> equal = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                for (int j = i + 1; j < fields.size(); j++) {
                    equal.add(column.apply(fields.get(i).name()) + " = "
                            + column.apply(fields.get(j).name()));
                }
            }
            return "(" + String.join(" OR ", equal) + ")";
        });
    }

    private static RowCondition total(Rule.Total rule, Schema schema) {
        List<Field> fields = rule.columns().stream()
                .map(name -> number(Unfit.column(schema, name)))
                .toList();
        @Nullable BigDecimal constant = constant(rule.sum());
        List<String> columns = new ArrayList<>(rule.columns());
        if (constant == null) {
            columns.add(number(Unfit.column(schema, rule.sum())).name());
        }
        boolean whole = columns.stream()
                .allMatch(name -> Unfit.column(schema, name).type().isInteger());
        boolean inexact = fields.stream().anyMatch(field -> isFloating(field.type()));
        return new RowCondition(columns, column -> {
            String sum =
                    fields.stream().map(field -> term(field, whole, column)).collect(Collectors.joining(" + "));
            String expected =
                    constant == null ? term(Unfit.column(schema, rule.sum()), whole, column) : constant.toPlainString();
            String apart = "abs((" + sum + ") - (" + expected + "))";
            String wrong = apart + " > " + rule.tolerance().toPlainString();
            return inexact ? "(" + wrong + " OR isnan(CAST(" + apart + " AS DOUBLE)))" : wrong;
        });
    }

    /** Whole numbers are added in a type that has room for them. */
    private static String term(Field field, boolean whole, UnaryOperator<String> column) {
        String name = column.apply(field.name());
        return whole ? "CAST(" + name + " AS HUGEINT)" : name;
    }

    private static @Nullable BigDecimal constant(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static Field number(Field field) {
        if (!field.type().isNumber()) {
            throw Unfit.type(field, "a number");
        }
        return field;
    }

    private static void comparable(Field one, Field other) {
        boolean numbers = one.type().isNumber() && other.type().isNumber();
        if (!numbers && !Reference.areComparable(one.type(), other.type())) {
            throw Unfit.because(
                    "column '" + one.name() + "' is " + one.type() + " and '" + other.name() + "' is " + other.type());
        }
    }

    /** NaN stands in no order to anything; DuckDB says that it equals itself and is above all. */
    private static String isNan(Field field, String column, String others) {
        return isFloating(field.type()) ? others + " OR isnan(" + column + ")" : others;
    }

    private static boolean isFloating(DataType type) {
        return type == Simple.FLOAT || type == Simple.DOUBLE;
    }

    /** A row as a person names it. */
    static String sentence(Rule rule) {
        if (rule instanceof Rule.Compare compare) {
            return compare.column() + " " + compare.is().operator() + " " + compare.to();
        } else if (rule instanceof Rule.Different) {
            return "different values";
        } else if (rule instanceof Rule.Total total) {
            return String.join(" + ", total.columns()) + " = " + total.sum();
        }
        throw new IllegalStateException("no rule about columns of a row: " + rule.key());
    }
}
