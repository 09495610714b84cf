package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.transform.Operation.Pivot;
import io.headworks.api.transform.Operation.Rollup;
import io.headworks.api.transform.Operation.Unnest;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Operations after which a row is another thing than before: rollup, pivot and unnest. Hidden columns end here. */
final class ReshapeSteps {

    private ReshapeSteps() {}

    static Step rollup(Rollup rollup, Shape input, CompileContext context) {
        ColumnSteps.refuseEmpty("rollup", rollup.take());
        input.columns("rollup by", rollup.by());
        Map<String, String> aggregates = new LinkedHashMap<>();
        rollup.take()
                .forEach((name, text) -> aggregates.put(
                        name, ExpressionText.of("rollup " + name, text).bracketed()));
        Expressions.Types types = new Expressions(context, input.schema()).ofGroups("rollup", rollup.by(), aggregates);
        List<Field> fields = grouped(rollup.by(), input);
        aggregates.forEach((name, aggregate) -> {
            MoneyRule.check("rollup " + name, aggregate, types.of(name), input.schema());
            fields.add(new Field(name, types.of(name)));
        });
        return groups(rollup.by(), aggregates, fields, source("rollup", input));
    }

    static Step pivot(Pivot pivot, Shape input, CompileContext context) {
        Field column = input.column("pivot", pivot.column());
        input.columns("pivot by", pivot.rows());
        ColumnSteps.refuseEmpty("pivot", pivot.values());
        if (pivot.among().isEmpty()) {
            throw Refusal.of(
                    "Cannot pivot " + pivot.column() + ": its values become columns, which a plan must know",
                    "list them: pivot: {column: " + pivot.column() + ", among: [VALUE, VALUE], …}");
        }
        Map<String, String> aggregates = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        for (String among : pivot.among()) {
            String value = TypedLiteral.of("pivot " + pivot.column(), among, column.type());
            values.add(value);
            pivot.values().forEach((name, text) -> {
                String what = "pivot " + name;
                String call = ExpressionText.call(what, text).sql();
                String old = aggregates.put(
                        name + "_" + among,
                        call + " FILTER (WHERE i." + DuckSql.name(pivot.column()) + " = " + value + ")");
                if (old != null) {
                    throw Refusal.of("Cannot pivot " + pivot.column() + ": value '" + among + "' is listed twice");
                }
            });
        }
        Expressions.Types types = new Expressions(context, input.schema()).ofGroups("pivot", pivot.rows(), aggregates);
        List<Field> fields = grouped(pivot.rows(), input);
        aggregates.forEach((name, aggregate) -> {
            MoneyRule.check("pivot " + name, aggregate, types.of(name), input.schema());
            fields.add(new Field(name, types.of(name)));
        });
        return groups(pivot.rows(), aggregates, fields, listed(pivot, values, input));
    }

    /** A value that no column takes would be lost without a word: it stops the run. */
    private static String listed(Pivot pivot, List<String> values, Shape input) {
        String value = "i." + DuckSql.name(pivot.column());
        String sentence = DuckSql.text("Cannot pivot " + pivot.column() + ": ") + ", " + Reason.shown(value) + ", "
                + DuckSql.text(" is not listed (among: " + String.join(", ", pivot.among()) + ")");
        String wrong = "(" + value + " IN (" + String.join(", ", values) + ")) IS NOT TRUE";
        String source = source("pivot", input);
        return source
                + (source.contains("\nWHERE ") ? "\n  AND " : "\nWHERE ")
                + Assertion.unless(wrong, sentence, input);
    }

    static Step unnest(Unnest unnest, Shape input) {
        Field list = input.column("unnest", unnest.column());
        if (!(list.type() instanceof DataType.ListOf type)) {
            throw Refusal.of("Cannot unnest " + unnest.column() + ": it is " + list.type() + ", not a list");
        }
        String columns = input.schema().names().stream()
                .map(name -> name.equals(unnest.column())
                        ? "unnest(i." + DuckSql.name(name) + ") AS " + DuckSql.name(name)
                        : "i." + DuckSql.name(name))
                .collect(Collectors.joining(", "));
        Schema schema = input.with(List.of(new Field(unnest.column(), type.element())));
        return new Step("SELECT " + columns + source("unnest", input), schema, List.of());
    }

    /** FROM for what reshapes: rejected rows stay out, and rows that say delete cannot be carried. */
    static String source(String operation, Shape input) {
        refuseDeletes(operation, input);
        return "\nFROM " + DuckSql.name(input.from()) + " AS i"
                + (input.carriesReason() ? "\nWHERE i." + DuckSql.name(HiddenColumns.REASON) + " IS NULL" : "");
    }

    static void refuseDeletes(String operation, Shape input) {
        if (input.carries(HiddenColumns.OP)) {
            throw Refusal.of(
                    "Cannot " + operation + " rows of which some are marked as deleted: what comes out has other rows,"
                            + " and the deletions would be lost",
                    "leave deleted rows out with extract.where, or " + operation
                            + " in a pipeline that reads the table this one loads");
        }
    }

    private static List<Field> grouped(List<String> by, Shape input) {
        List<Field> fields = new ArrayList<>();
        by.forEach(name -> fields.add(input.column("group by", name)));
        return fields;
    }

    private static Step groups(List<String> by, Map<String, String> aggregates, List<Field> fields, String source) {
        List<String> items = new ArrayList<>();
        by.forEach(name -> items.add("i." + DuckSql.name(name)));
        aggregates.forEach((name, aggregate) -> items.add(aggregate + " AS " + DuckSql.name(name)));
        String groups = by.isEmpty()
                ? ""
                : by.stream()
                        .map(name -> "i." + DuckSql.name(name))
                        .collect(Collectors.joining(", ", "\nGROUP BY ", ""));
        return new Step("SELECT\n  " + String.join(",\n  ", items) + source + groups, new Schema(fields), List.of());
    }
}
