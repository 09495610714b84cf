package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.List;

/** The rows that a query gives: a SELECT, a set operation, a recursion. */
final class Queries {
    /** More rounds than any chain of columns through a recursion is long. */
    private static final int ROUNDS = 100;

    private final Context context;

    Queries(Context context) {
        this.context = context;
    }

    Rows rows(Node query) {
        Context here = context;
        Node ctes = query.child("cte_map");
        if (ctes != null) {
            for (Node entry : Expressions.nodes(ctes.list("map"))) {
                here = with(entry, here);
            }
        }
        return switch (query.text("type")) {
            case "SELECT_NODE" -> new Select(here, query).rows();
            case "SET_OPERATION_NODE" -> new SetOperation(here, query).rows();
            case "RECURSIVE_CTE_NODE" -> recursive(here, query);
            case "CTE_NODE" -> materialised(here, query);
            default -> throw new CannotTell("a query of kind " + query.text("type"));
        };
    }

    private static Context with(Node entry, Context here) {
        Node cte = entry.child("value");
        if (cte == null) {
            throw new CannotTell("CTE " + entry.text("key"));
        }
        Rows rows = new Queries(here).rows(query(cte, cte.child("query_node") == null ? "query" : "query_node"));
        return here.with(entry.text("key"), Froms.called(rows, cte.texts("aliases")));
    }

    /** The query in a member of a node, be it wrapped as a statement or not. */
    static Node query(Node holder, String member) {
        Node held = holder.child(member);
        Node query = held == null || held.child("node") == null ? held : held.child("node");
        if (query == null) {
            throw new CannotTell("a sub-query without a SELECT");
        }
        return query;
    }

    private static Rows materialised(Context here, Node query) {
        Node body = query.child("query");
        Node child = query.child("child");
        if (body == null || child == null) {
            throw new CannotTell("CTE " + query.text("cte_name"));
        }
        Rows rows = Froms.called(new Queries(here).rows(body), query.texts("aliases"));
        return new Queries(here.with(query.text("cte_name"), rows)).rows(child);
    }

    /** The second part reads what both have made, until nothing is added. */
    private static Rows recursive(Context here, Node query) {
        Node first = query.child("left");
        Node step = query.child("right");
        if (first == null || step == null || !query.list("key_targets").isEmpty()) {
            throw new CannotTell("the recursion of " + query.text("cte_name"));
        }
        Rows known = Froms.called(new Queries(here).rows(first), query.texts("aliases"));
        for (int round = 0; round < ROUNDS; round++) {
            Rows next = new Queries(here.with(query.text("cte_name"), known)).rows(step);
            Rows both = beside(known, next, query.flag("union_all"));
            if (both.equals(known)) {
                return known;
            }
            known = both;
        }
        throw new CannotTell("the recursion of " + query.text("cte_name"));
    }

    /** Rows of both, column by column. */
    static Rows beside(Rows one, Rows other, boolean all) {
        if (one.columns().size() != other.columns().size()) {
            throw new CannotTell("a set operation over " + one.columns().size() + " and "
                    + other.columns().size() + " columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < one.columns().size(); i++) {
            Column left = one.columns().get(i);
            columns.add(new Column(
                    left.name(), left.from().and(other.columns().get(i).from())));
        }
        Dependence rows = one.rows().and(other.rows());
        return new Rows(columns, all ? rows : rows.and(values(columns).as(Use.GROUP)));
    }

    static Dependence values(List<Column> columns) {
        return Dependence.all(columns.stream().map(Column::from).toList());
    }
}
