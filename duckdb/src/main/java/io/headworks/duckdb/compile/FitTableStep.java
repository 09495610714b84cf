package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Cast.OnError;
import io.headworks.api.transform.Operation.FitTable;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;

/** {@code schema_changes: discard-row}: exact conversions to the table's types, and no value in a column it does not have. */
final class FitTableStep {
    private static final String CODE = "schema-change";

    private FitTableStep() {}

    static Step of(FitTable fit, Shape input, String name) {
        Step judged = Conversions.of(
                input,
                name,
                fit.retyped().stream()
                        .map(field -> conversion(fit, field, input))
                        .toList(),
                fit.unknown().stream()
                        .map(column -> refusal(fit, column, input))
                        .toList());
        return fit.unknown().isEmpty() ? judged : without(judged, fit.unknown(), name + "_judged");
    }

    private static Conversions.Conversion conversion(FitTable fit, Field wanted, Shape input) {
        Field field = input.column("fit", wanted.name());
        String expression = "i." + DuckSql.name(wanted.name());
        String end = " into " + fit.table() + ", where it is " + wanted.type() + " (types: discard-row)";
        return new Conversions.Conversion(
                wanted.name(),
                expression,
                ExactCast.of("fit " + wanted.name(), expression, field.type(), wanted.type(), false),
                wanted.type(),
                field.nullable(),
                OnError.REJECT,
                CODE,
                Reason.rule("schema_changes", wanted.name()),
                value -> Reason.sentence("Cannot fit " + wanted.name() + " ", expression, end));
    }

    private static Projection.Rejection refusal(FitTable fit, String column, Shape input) {
        input.column("fit", column);
        String expression = "i." + DuckSql.name(column);
        String end = " into " + fit.table() + ": it has no such column (columns: discard-row)";
        return new Projection.Rejection(
                expression + " IS NOT NULL",
                Reason.of(
                        CODE,
                        Reason.rule("schema_changes", column),
                        Reason.sentence("Cannot fit " + column + " ", expression, end)));
    }

    private static Step without(Step judged, List<String> unknown, String name) {
        List<String> before = new ArrayList<>(judged.before());
        before.add(OperationCompiler.cte(name, judged.select()));
        List<Field> left = judged.schema().fields().stream()
                .filter(field -> !unknown.contains(field.name()))
                .toList();
        String select = "SELECT * EXCLUDE (" + DuckSql.names(unknown) + ")\nFROM " + DuckSql.name(name);
        return new Step(before, select, new Schema(left), judged.hidden());
    }
}
