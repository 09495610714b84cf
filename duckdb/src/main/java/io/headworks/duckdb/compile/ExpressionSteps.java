package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.transform.Operation.Derive;
import io.headworks.api.transform.Operation.Filter;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;
import java.util.LinkedHashMap;
import java.util.Map;

/** Operations made of users' row expressions: filter and derive. */
final class ExpressionSteps {

    private ExpressionSteps() {}

    /** Rejected rows and deletions go on whatever the condition says: neither may get lost here. */
    static Step filter(Filter filter, Shape input, CompileContext context) {
        String condition = ExpressionText.of("filter", filter.condition()).bracketed();
        DataType type = new Expressions(context, input.schema())
                .ofRows("filter", Map.of("rows", condition))
                .of("rows");
        if (type != DataType.Simple.BOOLEAN) {
            throw Refusal.of("Cannot filter: " + filter.condition().strip() + " gives " + type + ", not true or false");
        }
        StringBuilder kept = new StringBuilder();
        if (input.carriesReason()) {
            kept.append("WHEN ").append(DuckSql.name(HiddenColumns.REASON)).append(" IS NOT NULL THEN true ");
        }
        if (input.carries(HiddenColumns.OP)) {
            kept.append("WHEN ").append(DuckSql.name(HiddenColumns.OP)).append(" = 'delete' THEN true ");
        }
        String where = kept.isEmpty() ? condition : "CASE " + kept + "ELSE " + condition + " END";
        return new Step(
                "SELECT *\nFROM " + DuckSql.name(input.from()) + "\nWHERE " + where, input.schema(), input.hidden());
    }

    static Step derive(Derive derive, Shape input, CompileContext context) {
        ColumnSteps.refuseEmpty("derive", derive.expressions());
        Map<String, String> expressions = new LinkedHashMap<>();
        derive.expressions()
                .forEach((column, text) -> expressions.put(
                        column, ExpressionText.of("derive " + column, text).bracketed()));
        Expressions.Types types = new Expressions(context, input.schema()).ofRows("derive", expressions);
        Projection projection = new Projection(input);
        expressions.forEach((column, expression) -> {
            DataType type = types.of(column);
            MoneyRule.check("derive " + column, expression, type, input.schema());
            projection.set(column, expression, type, true);
        });
        return projection.step();
    }
}
