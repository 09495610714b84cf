package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** What rules about columns find in a schema; no row is needed. */
final class ColumnsFound {

    private ColumnsFound() {}

    static CheckResult type(Check check, Rule.ColumnType rule, Schema schema) {
        Field field = Unfit.column(schema, rule.column());
        return CheckResult.measured(
                check, 0, !field.type().equals(rule.type()), field.type().toString());
    }

    static CheckResult all(Check check, Rule.SchemaIs rule, Schema schema) {
        List<String> differences = new ArrayList<>();
        rule.columns().forEach((name, type) -> difference(name, type, schema, differences));
        if (!rule.extraAllowed()) {
            schema.names().stream()
                    .filter(name -> !rule.columns().containsKey(name))
                    .forEach(name -> differences.add(name + " is extra"));
        }
        if (rule.inOrder()) {
            order(rule, schema, differences);
        }
        int columns = schema.names().size();
        Long min = rule.minColumns();
        Long max = rule.maxColumns();
        if ((min != null && columns < min) || (max != null && columns > max)) {
            differences.add(columns + " columns");
        }
        return CheckResult.measured(
                check,
                0,
                !differences.isEmpty(),
                differences.isEmpty() ? "as declared" : String.join("; ", differences));
    }

    private static void difference(String name, DataType type, Schema schema, List<String> differences) {
        schema.field(name)
                .ifPresentOrElse(
                        field -> {
                            if (!field.type().equals(type)) {
                                differences.add(name + " is " + field.type() + " instead of " + type);
                            }
                        },
                        () -> differences.add(name + " is missing"));
    }

    /** Of the columns that are there; others may stand between them. */
    private static void order(Rule.SchemaIs rule, Schema schema, List<String> differences) {
        List<String> found =
                schema.names().stream().filter(rule.columns()::containsKey).toList();
        List<String> declared =
                rule.columns().keySet().stream().filter(found::contains).toList();
        if (!found.equals(declared)) {
            differences.add("order is " + String.join(", ", found) + " instead of " + String.join(", ", declared));
        }
    }
}
