package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;

/** {@code cast}: exact conversions, each with its policy for what does not convert. */
final class CastStep {

    private CastStep() {}

    static Step of(Cast cast, Shape input) {
        Projection projection = new Projection(input);
        for (Cast.Column column : cast.columns()) {
            add(projection, column, input);
        }
        return projection.step();
    }

    private static void add(Projection projection, Cast.Column column, Shape input) {
        Field field = input.column("cast", column.name());
        String expression = "i." + DuckSql.name(column.name());
        ExactCast exact =
                ExactCast.of("cast " + column.name(), expression, field.type(), column.to(), column.roundingAllowed());
        boolean nullable = field.nullable() || (!exact.always() && column.onError() != Cast.OnError.FAIL);
        projection.set(column.name(), exact.valueIfFits(), column.to(), nullable);
        if (exact.always()) {
            return;
        }
        String sentence = sentence(column, expression, exact);
        switch (column.onError()) {
            case REJECT ->
                projection.reject(new Projection.Rejection(
                        exact.fails(expression), Reason.of("cast", Reason.rule("cast", column.name()), sentence)));
            case FAIL -> projection.require(Assertion.unless(exact.fails(expression), sentence, input));
            case SET_NULL -> {}
        }
    }

    private static String sentence(Cast.Column column, String expression, ExactCast exact) {
        DataType to = column.to();
        return DuckSql.text("Cannot cast " + column.name() + " to " + to + ": ") + ", " + Reason.shown(expression)
                + ", coalesce(' would become ' || " + Reason.shownOrNull(exact.value()) + ", ' does not fit')";
    }
}
