package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.transform.Operation.Window;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code window}: calls over one partition and order, NULLs last. */
final class WindowStep {
    /** Functions that order rows which {@code order} leaves equal; arrival decides there, so that a repeated run agrees. */
    private static final Set<String> BY_POSITION = Set.of("row_number", "ntile", "lag", "lead", "first_value");

    private WindowStep() {}

    static Step of(Window window, Shape input, CompileContext context) {
        ColumnSteps.refuseEmpty("window", window.take());
        input.columns("window by", window.partition());
        List<String> order = order(window, input);
        List<String> described = window.partition().stream().map(DuckSql::name).toList();
        List<String> partition = partition(described, input);
        Map<String, String> visible = new LinkedHashMap<>();
        Map<String, String> calls = new LinkedHashMap<>();
        window.take().forEach((name, text) -> {
            ExpressionText call = ExpressionText.call("window " + name, text);
            visible.put(name, call.sql() + over(described, order));
            boolean arrival = input.carries(HiddenColumns.SEQ) && BY_POSITION.contains(call.functionName());
            calls.put(name, call.sql() + over(partition, arrival ? withArrival(order) : order));
        });
        Expressions.Types types = new Expressions(context, input.schema()).ofRows("window", visible);
        Projection projection = new Projection(input);
        calls.forEach((name, call) -> {
            MoneyRule.check("window " + name, window.take().getOrDefault(name, ""), types.of(name), input.schema());
            projection.set(name, call, types.of(name), true);
        });
        return projection.step();
    }

    /** {@code placed_at}, {@code placed_at desc}: a column by its exact name first. */
    private static List<String> order(Window window, Shape input) {
        List<String> terms = new ArrayList<>();
        for (String term : window.order()) {
            String lower = term.toLowerCase(Locale.ROOT);
            if (input.schema().has(term)) {
                terms.add(DuckSql.name(term) + " ASC NULLS LAST");
            } else if (lower.endsWith(" desc") || lower.endsWith(" asc")) {
                int space = term.lastIndexOf(' ');
                String column = input.column(
                                "window in the order of",
                                term.substring(0, space).strip())
                        .name();
                terms.add(DuckSql.name(column) + term.substring(space).toUpperCase(Locale.ROOT) + " NULLS LAST");
            } else {
                input.column("window in the order of", term);
            }
        }
        return terms;
    }

    /** Rejected rows are apart: they change nobody else's numbers. */
    private static List<String> partition(List<String> columns, Shape input) {
        if (!input.carriesReason()) {
            return columns;
        }
        List<String> apart = new ArrayList<>(columns);
        apart.add("(" + DuckSql.name(HiddenColumns.REASON) + " IS NULL)");
        return apart;
    }

    private static List<String> withArrival(List<String> order) {
        List<String> terms = new ArrayList<>(order);
        terms.add(DuckSql.name(HiddenColumns.SEQ) + " ASC");
        return terms;
    }

    private static String over(List<String> partition, List<String> order) {
        String parts = partition.isEmpty() ? "" : "PARTITION BY " + String.join(", ", partition);
        String sorted = order.isEmpty() ? "" : "ORDER BY " + String.join(", ", order);
        return " OVER (" + (parts + " " + sorted).strip() + ")";
    }
}
