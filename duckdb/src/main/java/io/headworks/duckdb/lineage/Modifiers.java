package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What DISTINCT, ORDER BY and LIMIT do to rows. */
final class Modifiers {
    private final Context context;
    private final List<Column> columns;
    private final Scope scope;
    private final Expressions expressions;

    Modifiers(Context context, Scope scope, List<Column> columns) {
        this.context = context;
        this.columns = columns;
        this.scope = scope;
        this.expressions = new Expressions(context, scope);
    }

    Rows of(Node query, Dependence rows) {
        List<Dependence> all = new ArrayList<>(List.of(rows));
        for (Node modifier : Expressions.nodes(query.list("modifiers"))) {
            all.add(modifier(modifier));
        }
        return new Rows(columns, Dependence.all(all));
    }

    private Dependence modifier(Node modifier) {
        return switch (modifier.text("type")) {
            case "DISTINCT_MODIFIER" -> distinct(modifier);
            case "ORDER_MODIFIER" ->
                Dependence.all(Expressions.nodes(modifier.list("orders")).stream()
                                .map(order -> value(order.child("expression"), true))
                                .toList())
                        .as(Use.ORDER);
            case "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER" ->
                expressions
                        .of(modifier.child("limit"))
                        .and(expressions.of(modifier.child("offset")))
                        .as(Use.ORDER);
            default -> throw new CannotTell("a query with " + modifier.text("type"));
        };
    }

    private Dependence distinct(Node modifier) {
        List<Node> targets = Expressions.nodes(modifier.list("distinct_on_targets"));
        Dependence compared = targets.isEmpty()
                ? Queries.values(columns)
                : Dependence.all(
                        targets.stream().map(target -> value(target, true)).toList());
        return compared.as(Use.GROUP);
    }

    /**
     * What ORDER BY, GROUP BY or DISTINCT ON means: a place in the select list, a name given there, or an expression.
     *
     * @param aliasFirst whether a name of the select list comes before a column of FROM
     */
    Dependence value(@Nullable Node expression, boolean aliasFirst) {
        if (expression == null) {
            return Dependence.NONE;
        }
        Optional<Integer> place = place(expression);
        if (place.isPresent()) {
            int index = place.get();
            if (index < 1 || index > columns.size()) {
                throw new CannotTell("column " + index + " of the select list");
            }
            return columns.get(index - 1).from();
        }
        if (expression.text("class").equals("STAR")) {
            return Queries.values(columns);
        }
        List<String> names = expression.texts("column_names");
        if (aliasFirst && names.size() == 1) {
            Optional<Dependence> made = scope.alias(names.get(0)).or(() -> ofList(names.get(0)));
            if (made.isPresent()) {
                context.seen().add(expression);
                return made.get();
            }
        }
        return expressions.of(expression);
    }

    private Optional<Dependence> ofList(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(Column::from)
                .findFirst();
    }

    private static Optional<Integer> place(Node expression) {
        Node literal = expression.text("class").equals("CONSTANT") ? expression.child("literal") : null;
        return literal != null && literal.text("kind").equals("INTEGER")
                ? Optional.of(Integer.parseInt(literal.text("text")))
                : Optional.empty();
    }
}
