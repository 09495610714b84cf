package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Cast.OnError;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Columns converted exactly, in three steps: what each would become, whether that is exact, and what follows from it. In
 * one step the engine would work both out again for every place that asks.
 */
final class Conversions {

    /**
     * @param expression SQL of the value before
     * @param sentence from SQL of the value after to the arguments of concat() that say why it does not fit
     */
    record Conversion(
            String column,
            String expression,
            ExactCast exact,
            DataType to,
            boolean nullable,
            OnError onError,
            String code,
            String rule,
            UnaryOperator<String> sentence) {}

    private final Shape input;
    private final String name;
    private final List<String> tried = new ArrayList<>();
    private final List<String> judged = new ArrayList<>();
    private final List<String> helpers = new ArrayList<>();
    private final Projection projection;

    private Conversions(Shape input, String name) {
        this.input = input;
        this.name = name;
        this.projection = new Projection(input);
    }

    static Step of(Shape input, String name, List<Conversion> conversions) {
        return of(input, name, conversions, List.of());
    }

    /** @param rejections reasons that come before those of values that do not convert */
    static Step of(Shape input, String name, List<Conversion> conversions, List<Projection.Rejection> rejections) {
        Conversions steps = new Conversions(input, name);
        rejections.forEach(steps.projection::reject);
        conversions.forEach(steps::add);
        return steps.step();
    }

    private void add(Conversion conversion) {
        ExactCast exact = conversion.exact();
        if (exact.always()) {
            projection.set(conversion.column(), exact.value(), conversion.to(), conversion.nullable());
            return;
        }
        String value = "_hw_value_" + tried.size();
        String fits = "_hw_fits_" + tried.size();
        tried.add(exact.value() + " AS " + value);
        judged.add("(" + exact.fits("i." + value) + ") AS " + fits);
        helpers.addAll(List.of(value, fits));
        boolean nullable = conversion.nullable() || conversion.onError() != OnError.FAIL;
        projection.set(
                conversion.column(), "CASE WHEN i." + fits + " THEN i." + value + " END", conversion.to(), nullable);
        String wrong = conversion.expression() + " IS NOT NULL AND i." + fits + " IS NOT TRUE";
        String sentence = conversion.sentence().apply("i." + value);
        switch (conversion.onError()) {
            case REJECT ->
                projection.reject(
                        new Projection.Rejection(wrong, Reason.of(conversion.code(), conversion.rule(), sentence)));
            case FAIL -> projection.require(Assertion.unless(wrong, sentence, input));
            case SET_NULL -> {}
        }
    }

    private Step step() {
        if (tried.isEmpty()) {
            return projection.step();
        }
        String values = name + "_values";
        String fits = name + "_fits";
        return projection
                .from(fits, helpers)
                .step()
                .after(List.of(more(values, tried, input.from()), more(fits, judged, values)));
    }

    private static String more(String cte, List<String> columns, String from) {
        String select = columns.stream().collect(Collectors.joining(",\n  ", "SELECT i.*,\n  ", ""));
        return OperationCompiler.cte(cte, select + "\nFROM " + DuckSql.name(from) + " AS i");
    }
}
