package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.List;

/** One SELECT … FROM … WHERE … GROUP BY …. */
final class Select {
    private final Context context;
    private final Node select;
    private final From from;
    private final Scope scope;
    private final Expressions expressions;
    private final List<Column> columns = new ArrayList<>();
    private final List<Dependence> groupsOfAll = new ArrayList<>();

    Select(Context context, Node select) {
        this.context = context;
        this.select = select;
        this.from = new Froms(context).of(select.child("from_table"));
        this.scope = new Scope(from, context.outer());
        this.expressions = new Expressions(context, scope);
    }

    Rows rows() {
        Expressions.nodes(select.list("select_list")).forEach(this::item);
        List<Dependence> rows = new ArrayList<>();
        rows.add(from.rows());
        rows.add(expressions.unnested());
        rows.add(expressions.of(select.child("where_clause")).as(Use.FILTER));
        rows.add(groups().as(Use.GROUP));
        rows.add(expressions.of(select.child("having")).as(Use.FILTER));
        rows.add(expressions.of(select.child("qualify")).as(Use.FILTER));
        return new Modifiers(context, scope, columns).of(select, Dependence.all(rows));
    }

    private void item(Node item) {
        List<Column> made = new SelectItem(context, scope, expressions).columns(item);
        columns.addAll(made);
        if (!item.text("alias").isEmpty() && made.size() == 1) {
            scope.name(item.text("alias"), made.get(0).from());
        }
        if (!item.text("class").equals("WINDOW") && !Aggregates.isIn(item)) {
            made.forEach(column -> groupsOfAll.add(column.from()));
        }
    }

    private Dependence groups() {
        if (select.text("aggregate_handling").equals("FORCE_AGGREGATES")) {
            return Dependence.all(groupsOfAll);
        }
        Modifiers places = new Modifiers(context, scope, columns);
        return Dependence.all(Expressions.nodes(select.list("group_expressions")).stream()
                .map(group -> places.value(group, false))
                .toList());
    }
}
