package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.check.Question.ByValue;
import io.headworks.duckdb.check.Question.Part;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rules that measure one value over the rows. */
final class Measures {

    /** Characters of values that are listed. */
    private static final int LONGEST_LIST = 200;

    private Measures() {}

    /**
     * The newest value that can be true: one that lies further ahead of now than {@code within} proves nothing, and is
     * left out and counted.
     */
    static List<Question> freshness(int index, Rows rows, Rule.Freshness rule, Instant now) {
        Field field = Unfit.column(rows.relation().schema(), rule.column());
        if (!field.type().isTime()) {
            throw Unfit.type(field, "a date or a timestamp");
        }
        String column = DuckSql.name(field.name());
        String credible = column + " <= " + at(now.plus(rule.within()), field.type());
        String later = column + " > " + at(now.plus(rule.within()), field.type());
        String newest = "max(CASE WHEN " + rows.all(credible) + " THEN " + column + " END)";
        String newestAlone = " FROM " + rows.and(credible);
        String oldestAllowed = at(now.minus(rule.within()), field.type());
        return List.of(
                Question.fusable(
                        index,
                        Part.OBSERVED,
                        "SELECT CAST(max(" + column + ") AS VARCHAR)" + newestAlone,
                        "CAST(" + newest + " AS VARCHAR)"),
                Question.fusable(
                        index,
                        Part.FAILING,
                        "SELECT " + zeroWhen("max(" + column + ") >= " + oldestAllowed) + newestAlone,
                        zeroWhen(newest + " >= " + oldestAllowed)),
                Question.fusable(index, Part.LEFT_OUT, rows.countAlone(later), rows.countFused(later)));
    }

    private static String zeroWhen(String condition) {
        return "CASE WHEN " + condition + " THEN 0 ELSE 1 END";
    }

    /** A moment as the column's type; a date holds its whole day. */
    private static String at(Instant moment, DataType type) {
        if (type == DataType.Simple.DATE) {
            return DuckSql.literal(moment.atOffset(ZoneOffset.UTC).toLocalDate().toString(), type);
        }
        String text = moment.truncatedTo(ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .toString();
        boolean zoned = type instanceof DataType.Timestamp timestamp && timestamp.zoned();
        return DuckSql.literal(
                text.replace('T', ' ') + (zoned ? "+00" : ""), zoned ? DataType.TIMESTAMPTZ : DataType.TIMESTAMP);
    }

    /** The share of the most frequent value among all rows; NULL is no value. */
    static List<Question> distribution(int index, Rows rows, Rule.Distribution rule) {
        Field field = Unfit.column(rows.relation().schema(), rule.column());
        String most = "max(CASE WHEN v IS NOT NULL THEN n END)";
        List<String> wrong = new ArrayList<>();
        BigDecimal share = rule.maxShare();
        if (share != null) {
            int digits = Math.max(share.scale(), 0);
            wrong.add("CAST(" + most + " AS HUGEINT) * "
                    + BigDecimal.TEN.pow(digits).toBigInteger() + " > CAST(sum(n) AS HUGEINT) * "
                    + share.movePointRight(digits).toBigInteger());
        }
        if (!rule.mostCommon().isEmpty()) {
            String other = RowCondition.notAmong(rule.mostCommon(), field, "v");
            wrong.add("coalesce(max(CASE WHEN " + other + " THEN n END), 0) = " + most);
        }
        String failing =
                "CASE WHEN " + most + " IS NULL THEN NULL WHEN " + String.join(" OR ", wrong) + " THEN 1 ELSE 0 END";
        String observed = "concat(round(100.0 * " + most
                + " / sum(n), 2), '% ', left(CAST(arg_max(v, n) FILTER (WHERE v IS NOT NULL)" + " AS VARCHAR), 80))";
        String values = Questions.values(rows, field.name());
        return List.of(
                valued(index, Part.FAILING, failing, values, field, rows),
                valued(index, Part.OBSERVED, observed, values, field, rows));
    }

    /** The different values against a list; NULL is no value. */
    static List<Question> distinct(int index, Rows rows, Rule.Distinct rule) {
        Field field = Unfit.column(rows.relation().schema(), rule.column());
        String other = RowCondition.notAmong(rule.values(), field, "v");
        List<String> missing = rule.values().stream()
                .distinct()
                .map(value -> "CASE WHEN count_if(NOT (" + RowCondition.notAmong(List.of(value), field, "v")
                        + ")) = 0 THEN " + DuckSql.text(value) + " END")
                .toList();
        String lacking = "nullif(concat_ws(', ', " + String.join(", ", missing) + "), '')";
        String extra = rule.othersAllowed()
                ? "NULL"
                : "left(string_agg(CAST(v AS VARCHAR), ', ' ORDER BY v) FILTER (WHERE " + other + "), " + LONGEST_LIST
                        + ")";
        String observed = "coalesce(nullif(concat_ws('; ', 'missing: ' || " + lacking + ", 'extra: ' || " + extra
                + "), ''), 'as expected')";
        String failing = "CASE WHEN count(v) = 0 THEN NULL WHEN " + lacking + " IS NOT NULL"
                + (rule.othersAllowed() ? "" : " OR count_if(" + other + ") > 0") + " THEN 1 ELSE 0 END";
        String values = Questions.values(rows, field.name());
        return List.of(
                valued(index, Part.FAILING, failing, values, field, rows),
                valued(index, Part.OBSERVED, observed, values, field, rows));
    }

    /** The number; where the column's own type must be compared, the verdict too. */
    static List<Question> metric(int index, Rows rows, Rule.Metric rule, FailingRowsQuery queries, Check check) {
        Gauge gauge = new Gauge(rule.measure(), rows);
        List<Question> questions = new ArrayList<>(gauge.questions(index, queries, check));
        boolean extreme =
                rule.measure().of() == Measure.Of.MIN || rule.measure().of() == Measure.Of.MAX;
        if (!extreme) {
            return questions;
        }
        DataType type = gauge.field().type();
        List<String> beyond = new ArrayList<>();
        if (rule.min() != null) {
            beyond.add(TypedText.below(gauge.value(), rule.min(), rule.minExclusive(), type));
        }
        if (rule.max() != null) {
            beyond.add(TypedText.above(gauge.value(), rule.max(), rule.maxExclusive(), type));
        }
        String failing = "CASE WHEN " + String.join(" OR ", beyond) + " THEN 1 ELSE 0 END";
        questions.add(
                rows.where() == null
                        ? Question.fusable(index, Part.FAILING, "SELECT " + failing + " FROM " + rows.and(), failing)
                        : Question.alone(index, Part.FAILING, "SELECT " + failing + " FROM " + rows.and()));
        return questions;
    }

    private static Question valued(int index, Part part, String aggregate, String values, Field field, Rows rows) {
        ByValue byValue = rows.where() == null ? new ByValue(field.name(), aggregate) : null;
        return new Question(
                List.of(index), part, "SELECT " + aggregate + " FROM " + values, null, byValue, Integer.MAX_VALUE / 4);
    }

    /** The expression here and there; a filter holds for both. */
    static List<Question> reconcile(int index, Rows rows, Rule.Reconcile rule, Datasets datasets) {
        Relation other = datasets.find(rule.with())
                .orElseThrow(() -> Unfit.because("dataset " + rule.with() + " is not known to this run"));
        return List.of(
                Question.alone(index, Part.OBSERVED, aggregate(rule.expression(), rows)),
                Question.alone(
                        index,
                        Part.EXPECTED,
                        aggregate(
                                rule.expressionThere() == null ? rule.expression() : rule.expressionThere(),
                                new Rows(other, rows.where()))));
    }

    private static String aggregate(String expression, Rows rows) {
        return "SELECT CAST(" + Unfit.expression("expression", expression) + " AS VARCHAR) FROM " + rows.and();
    }
}
