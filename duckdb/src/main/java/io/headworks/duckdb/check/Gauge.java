package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.check.Question.Part;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A measure as SQL: one aggregate divided by another, so that a mean of exact numbers and a share stay exact. A column of
 * floating numbers that holds NaN, or infinity where those cannot be added up, measures NaN.
 */
record Gauge(Measure measure, Rows rows) {

    /** The number, and by what it is divided where it is. */
    List<Question> questions(int index, FailingRowsQuery queries, Check check) {
        List<Question> questions = new ArrayList<>();
        if (measure.of() == Measure.Of.EXPRESSION || measure.of() == Measure.Of.SELECT) {
            questions.add(Question.alone(index, Part.OBSERVED, own(queries, check)));
            return questions;
        } else if (measure.of() == Measure.Of.UNIQUE_SHARE) {
            String values = " FROM " + Questions.values(rows, field().name()) + " WHERE v IS NOT NULL";
            questions.add(Question.alone(index, Part.OBSERVED, "SELECT count_if(n = 1)" + values));
            questions.add(Question.alone(index, Part.EXPECTED, "SELECT sum(n)" + values));
            return questions;
        }
        questions.add(aggregate(index, Part.OBSERVED, numerator()));
        String divisor = divisor();
        if (divisor != null) {
            questions.add(aggregate(index, Part.EXPECTED, divisor));
        }
        return questions;
    }

    private String own(FailingRowsQuery queries, Check check) {
        String sql = Unfit.orNull(measure.sql());
        return measure.of() == Measure.Of.EXPRESSION
                ? "SELECT CAST(" + Unfit.expression("expression", sql) + " AS VARCHAR) FROM " + rows.and()
                : "SELECT CASE count(*) WHEN 1 THEN CAST(any_value(v) AS VARCHAR) WHEN 0 THEN NULL"
                        + " ELSE concat(count(*), ' rows instead of one') END FROM ("
                        + queries.select(check, new Rule.RowSql(sql), FailingRowsQuery.rows(rows))
                        + "\n) AS _hw_measured(v)";
    }

    /** What needs every value at once is asked by itself, so that a pass over many columns stays small. */
    private Question aggregate(int index, Part part, String sql) {
        String alone = "SELECT " + sql + " FROM " + rows.and();
        boolean holistic = measure.of() == Measure.Of.MEDIAN
                || measure.of() == Measure.Of.QUANTILE
                || measure.of() == Measure.Of.DISTINCT
                || measure.of() == Measure.Of.DISTINCT_SHARE;
        return holistic || rows.where() != null
                ? Question.alone(index, part, alone)
                : Question.fusable(index, part, alone, sql);
    }

    private String numerator() {
        if (measure.of() == Measure.Of.ROWS) {
            return "count(*)";
        }
        Field field = field();
        String column = DuckSql.name(field.name());
        return switch (measure.of()) {
            case NOT_NULL_SHARE -> "count(" + column + ")";
            case DISTINCT, DISTINCT_SHARE -> "count(DISTINCT " + column + ")";
            case MIN -> extreme("min", field);
            case MAX -> extreme("max", field);
            case MEAN_LENGTH ->
                "sum(length(" + column(Unfit.text(rows.relation().schema(), field.name())) + "))";
            case SUM -> finite("sum(" + column + ")", number(field));
            case MEAN -> finite((isFloating(field) ? "avg(" : "sum(") + column + ")", number(field));
            case MEDIAN -> finite("median(" + exactHalves(number(field)) + ")", field);
            case QUANTILE -> finite("quantile_disc(" + column + ", " + measure.quantile() + ")", number(field));
            case STDDEV -> finite("stddev_samp(CAST(" + column + " AS DOUBLE))", number(field));
            default -> throw new IllegalStateException("no measure of a column: " + measure);
        };
    }

    /** Null where the number stands for itself. */
    private @Nullable String divisor() {
        return switch (measure.of()) {
            case NOT_NULL_SHARE -> "count(*)";
            case DISTINCT_SHARE, MEAN_LENGTH -> "count(" + DuckSql.name(field().name()) + ")";
            case MEAN -> isFloating(field()) ? null : "count(" + DuckSql.name(field().name()) + ")";
            default -> null;
        };
    }

    Field field() {
        String column = measure.column();
        if (column == null) {
            throw new IllegalStateException("no column: " + measure);
        }
        return Unfit.column(rows.relation().schema(), column);
    }

    /** Of a type that a bound can be written in. */
    private String extreme(String function, Field field) {
        boolean bounded = field.type().isNumber()
                || field.type().isTime()
                || field.type() instanceof DataType.Time
                || field.type().isText();
        if (!bounded || field.type() instanceof DataType.Enumeration) {
            throw Unfit.type(field, "a number, a date, a time or text");
        }
        String column = DuckSql.name(field.name());
        String text = "CAST(" + function + "(" + column + ") AS VARCHAR)";
        return isFloating(field)
                ? "CASE WHEN count_if(isnan(" + column + ")) > 0 THEN 'nan' ELSE " + text + " END"
                : text;
    }

    /** The least or largest value itself, to be held against bounds of its own type. */
    String value() {
        return (measure.of() == Measure.Of.MIN ? "min(" : "max(") + DuckSql.name(field().name()) + ")";
    }

    private static String finite(String aggregate, Field field) {
        String column = DuckSql.name(field.name());
        return isFloating(field)
                ? "CASE WHEN count_if(NOT isfinite(" + column + ")) > 0 THEN 'nan' ELSE CAST(" + aggregate
                        + " FILTER (WHERE isfinite(" + column + ")) AS VARCHAR) END"
                : "CAST(" + aggregate + " AS VARCHAR)";
    }

    /** With a digit more, so that what lies between two values is not rounded. */
    private static String exactHalves(Field field) {
        String column = DuckSql.name(field.name());
        int scale = field.type() instanceof DataType.Decimal decimal ? decimal.scale() : 0;
        return isFloating(field) ? column : "CAST(" + column + " AS DECIMAL(38, " + Math.min(scale + 1, 38) + "))";
    }

    private static Field number(Field field) {
        if (!field.type().isNumber()) {
            throw Unfit.type(field, "a number");
        }
        return field;
    }

    private static String column(Field field) {
        return field.type() instanceof DataType.Enumeration
                ? "CAST(" + DuckSql.name(field.name()) + " AS VARCHAR)"
                : DuckSql.name(field.name());
    }

    static boolean isFloating(Field field) {
        return field.type() == Simple.FLOAT || field.type() == Simple.DOUBLE;
    }
}
