package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import io.headworks.duckdb.inspect.SqlReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the value of an expression is made from. */
final class Expressions {
    /** Functions whose argument {@code x -> …} is a lambda; anywhere else {@code ->} takes a part of a JSON value. */
    private static final Set<String> OF_LAMBDAS = Set.of(
            "list_transform",
            "array_transform",
            "list_apply",
            "array_apply",
            "apply",
            "list_filter",
            "array_filter",
            "filter",
            "list_reduce",
            "array_reduce",
            "reduce");

    private final Context context;
    private final Scope scope;
    private final List<Dependence> unnested;

    Expressions(Context context, Scope scope) {
        this(context, scope, new ArrayList<>());
    }

    private Expressions(Context context, Scope scope, List<Dependence> unnested) {
        this.context = context;
        this.scope = scope;
        this.unnested = unnested;
    }

    /** Lists that were taken apart: they decide how many rows there are. */
    Dependence unnested() {
        return Dependence.all(unnested).as(Use.JOIN);
    }

    /** A part that was looked at in another way than by following its columns. */
    void lookedAt(@Nullable Node part) {
        if (part != null) {
            context.seen().addAllIn(part.members());
        }
    }

    /** Nothing, for nothing. */
    Dependence of(@Nullable Node expression) {
        if (expression == null) {
            return Dependence.NONE;
        }
        return switch (expression.text("class")) {
            case "COLUMN_REF" -> column(expression);
            case "CONSTANT", "PARAMETER", "VALUE_PARAMETER", "DEFAULT" -> Dependence.NONE;
            case "FUNCTION" -> function(expression);
            case "WINDOW" -> window(expression);
            case "SUBQUERY" -> subquery(expression);
            case "STAR" -> star(expression);
            case "LAMBDA" -> parts(expression, "lhs", "expr");
            case "CASE" -> cases(expression);
            case "BETWEEN" -> parts(expression, "input", "lower", "upper");
            case "CAST", "COLLATE" -> parts(expression, "child");
            case "COMPARISON" -> parts(expression, "left", "right");
            case "CONJUNCTION", "OPERATOR" -> children(expression);
            case "POSITIONAL_REFERENCE" -> positional(expression);
            default -> throw new CannotTell("an expression of kind " + expression.text("class"));
        };
    }

    private Dependence column(Node reference) {
        List<String> names = reference.texts("column_names");
        context.seen().add(reference);
        if (isStandIn(names.get(names.size() - 1))) {
            return Dependence.NONE;
        }
        if (names.size() == 1 && SqlReach.isBareFunction(names.get(0)) && !scope.knows(names)) {
            return Dependence.NONE;
        }
        return scope.column(names).from();
    }

    /** {@code {{ … }}}, which is a value of the run. */
    private static boolean isStandIn(String name) {
        return name.startsWith("{") && name.endsWith("}");
    }

    private Dependence function(Node function) {
        String name = function.text("function_name").toLowerCase(Locale.ROOT);
        List<Dependence> parts = new ArrayList<>();
        boolean lambdas = OF_LAMBDAS.contains(name);
        for (Node child : arguments(function)) {
            boolean isLambda = lambdas && child.text("class").equals("LAMBDA");
            parts.add((isLambda ? lambda(child) : of(child)).as(Use.COMPUTED));
        }
        parts.add(of(function.child("filter")).as(Use.FILTER));
        Node orders = function.child("order_bys");
        if (orders != null) {
            parts.add(orders(orders.list("orders")).as(Use.ORDER));
        }
        Dependence made = Dependence.all(parts);
        if (name.equals("unnest") || name.equals("unlist")) {
            unnested.add(made);
        }
        return made;
    }

    private Dependence lambda(Node lambda) {
        List<String> parameters = new ArrayList<>();
        parameters(lambda.child("lhs"), parameters);
        return new Expressions(context, Scope.lambda(parameters, scope), unnested).of(lambda.child("expr"));
    }

    private void parameters(@Nullable Node node, List<String> into) {
        if (node == null) {
            return;
        }
        List<String> names = node.texts("column_names");
        if (!names.isEmpty()) {
            context.seen().add(node);
            into.add(names.get(0));
        }
        arguments(node).forEach(child -> parameters(child, into));
    }

    private Dependence window(Node window) {
        List<Dependence> parts = new ArrayList<>();
        for (Node child : arguments(window)) {
            parts.add(of(child).as(Use.COMPUTED));
        }
        parts.add(parts(window, "offset_expr", "default_expr"));
        parts.add(of(window.child("filter_expr")).as(Use.FILTER));
        parts.add(orders(window.list("arg_orders")).as(Use.ORDER));
        List<Dependence> frame = new ArrayList<>();
        nodes(window.list("partitions")).forEach(each -> frame.add(of(each)));
        frame.add(orders(window.list("orders")));
        frame.add(of(window.child("start_expr")));
        frame.add(of(window.child("end_expr")));
        parts.add(Dependence.all(frame).as(Use.WINDOW));
        return Dependence.all(parts);
    }

    private Dependence orders(List<?> orders) {
        return Dependence.all(
                nodes(orders).stream().map(each -> of(each.child("expression"))).toList());
    }

    private Dependence subquery(Node subquery) {
        Rows rows = new Queries(context.inside(scope)).rows(Queries.query(subquery, "subquery"));
        Dependence tested = of(subquery.child("child")).as(Use.COMPUTED);
        return switch (subquery.text("subquery_type")) {
            case "SCALAR" ->
                Dependence.all(List.of(
                        Dependence.all(rows.columns().stream().map(Column::from).toList()), rows.rows()));
            case "EXISTS", "NOT_EXISTS" -> rows.rows();
            default ->
                Dependence.all(List.of(
                        tested,
                        Dependence.all(rows.columns().stream().map(Column::from).toList())
                                .as(Use.COMPUTED),
                        rows.rows()));
        };
    }

    /** All of the columns in one value. */
    private Dependence star(Node star) {
        return Dependence.all(new Stars(scope, this)
                        .expand(star).stream().map(Column::from).toList())
                .as(Use.COMPUTED);
    }

    private Dependence cases(Node cases) {
        List<Dependence> parts = new ArrayList<>();
        nodes(cases.list("case_checks")).forEach(check -> parts.add(parts(check, "when_expr", "then_expr")));
        parts.add(parts(cases, "else_expr"));
        return Dependence.all(parts);
    }

    private Dependence positional(Node reference) {
        int index = Integer.parseInt(reference.text("index"));
        List<From.Item> star = scope.from().star();
        if (index < 1 || index > star.size() || star.get(index - 1).column() == null) {
            throw new CannotTell("column #" + index);
        }
        return java.util.Objects.requireNonNull(star.get(index - 1).column()).from();
    }

    private Dependence children(Node expression) {
        return Dependence.all(nodes(expression.list("children")).stream()
                .map(child -> of(child).as(Use.COMPUTED))
                .toList());
    }

    private Dependence parts(Node expression, String... members) {
        List<Dependence> parts = new ArrayList<>();
        for (String member : members) {
            parts.add(of(expression.child(member)).as(Use.COMPUTED));
        }
        return Dependence.all(parts);
    }

    /** What a function is called with. */
    static List<Node> arguments(Node call) {
        List<Node> arguments = new ArrayList<>(nodes(call.list("children")));
        for (Node argument : nodes(call.list("arguments"))) {
            Node expression = argument.child("expression");
            if (expression != null) {
                arguments.add(expression);
            }
        }
        return arguments;
    }

    static List<Node> nodes(List<?> list) {
        List<Node> nodes = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> map) {
                nodes.add(new Node(map));
            }
        }
        return nodes;
    }
}
