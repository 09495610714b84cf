package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** UNION, by place or by name, INTERSECT and EXCEPT. */
final class SetOperation {
    private final Context context;
    private final Node query;

    SetOperation(Context context, Node query) {
        this.context = context;
        this.query = query;
    }

    Rows rows() {
        List<Rows> parts = new ArrayList<>();
        List<Node> children = Expressions.nodes(query.list("children"));
        if (children.isEmpty()) {
            children = new ArrayList<>();
            for (String side : List.of("left", "right")) {
                Node child = query.child(side);
                if (child == null) {
                    throw new CannotTell("a set operation with one side");
                }
                children.add(child);
            }
        }
        children.forEach(child -> parts.add(new Queries(context).rows(child)));
        Rows made = parts.get(0);
        for (Rows part : parts.subList(1, parts.size())) {
            made = together(made, part);
        }
        Scope scope = new Scope(From.of(Relation.of("", made.columns()), Dependence.NONE), context.outer());
        return new Modifiers(context, scope, made.columns()).of(query, made.rows());
    }

    private Rows together(Rows left, Rows right) {
        boolean all = query.flag("setop_all");
        return switch (query.text("setop_type")) {
            case "UNION" -> Queries.beside(left, right, all);
            case "UNION_BY_NAME" -> byName(left, right, all);
            case "EXCEPT", "INTERSECT" -> of(left, right);
            default -> throw new CannotTell("a set operation " + query.text("setop_type"));
        };
    }

    private static Rows byName(Rows left, Rows right, boolean all) {
        Map<String, Column> columns = new LinkedHashMap<>();
        left.columns().forEach(column -> columns.put(Stars.key(column.name()), column));
        right.columns()
                .forEach(column -> columns.merge(
                        Stars.key(column.name()),
                        column,
                        (one, other) -> new Column(one.name(), one.from().and(other.from()))));
        List<Column> both = List.copyOf(columns.values());
        Dependence rows = left.rows().and(right.rows());
        return new Rows(both, all ? rows : rows.and(Queries.values(both).as(Use.GROUP)));
    }

    /** Values are the left side's; both decide which of them stay. */
    private static Rows of(Rows left, Rows right) {
        if (left.columns().size() != right.columns().size()) {
            throw new CannotTell("a set operation over " + left.columns().size() + " and "
                    + right.columns().size() + " columns");
        }
        Dependence compared = Queries.values(left.columns())
                .and(Queries.values(right.columns()))
                .as(Use.FILTER);
        return new Rows(left.columns(), Dependence.all(List.of(left.rows(), right.rows(), compared)));
    }
}
