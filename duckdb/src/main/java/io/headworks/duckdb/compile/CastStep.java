package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;

/** {@code cast}: exact conversions, each with its policy for what does not convert. */
final class CastStep {

    private CastStep() {}

    static Step of(Cast cast, Shape input, String name) {
        return Conversions.of(
                input,
                name,
                cast.columns().stream().map(column -> conversion(column, input)).toList());
    }

    private static Conversions.Conversion conversion(Cast.Column column, Shape input) {
        Field field = input.column("cast", column.name());
        String expression = "i." + DuckSql.name(column.name());
        ExactCast exact =
                ExactCast.of("cast " + column.name(), expression, field.type(), column.to(), column.roundingAllowed());
        String begin = DuckSql.text("Cannot cast " + column.name() + " to " + column.to() + ": ");
        return new Conversions.Conversion(
                column.name(),
                expression,
                exact,
                column.to(),
                field.nullable(),
                column.onError(),
                "cast",
                Reason.rule("cast", column.name()),
                value -> begin + ", " + Reason.shown(expression) + ", coalesce(' would become ' || "
                        + Reason.shownOrNull(value) + ", ' does not fit')");
    }
}
