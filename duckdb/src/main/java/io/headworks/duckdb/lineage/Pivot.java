package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** PIVOT and UNPIVOT with their values written out. */
final class Pivot {
    private final Context context;
    private final Node pivot;
    private final From source;
    private final Scope scope;
    private final Expressions expressions;

    Pivot(Context context, Node pivot) {
        this.context = context;
        this.pivot = pivot;
        this.source = new Froms(context).of(pivot.child("source"));
        this.scope = new Scope(source, context.outer());
        this.expressions = new Expressions(context, scope);
        if (!source.open().isEmpty()) {
            throw new CannotTell(
                    "PIVOT needs the columns of " + source.open().get(0).table() + ", which are not known");
        }
    }

    From from() {
        Rows made = pivot.texts("unpivot_names").isEmpty() ? pivoted() : unpivoted();
        Rows rows = Froms.called(made, pivot.texts("column_name_alias"));
        String alias = pivot.text("alias").isEmpty() ? only() : pivot.text("alias");
        return From.of(Relation.of(alias, rows.columns()), rows.rows());
    }

    private String only() {
        return source.relations().size() == 1 ? source.relations().get(0).alias() : "";
    }

    private Rows pivoted() {
        List<Node> pivots = Expressions.nodes(pivot.list("pivots"));
        List<Node> aggregates = Expressions.nodes(pivot.list("aggregates"));
        Dependence among = Dependence.all(pivots.stream()
                .flatMap(each -> Expressions.nodes(each.list("pivot_expressions")).stream())
                .map(expressions::of)
                .toList());
        List<Column> columns = new ArrayList<>(groups(pivots, aggregates));
        Dependence grouped = Queries.values(columns).as(Use.GROUP);
        for (String value : values(pivots)) {
            for (Node aggregate : aggregates) {
                boolean named =
                        aggregates.size() > 1 || !aggregate.text("alias").isEmpty();
                String name = named ? value + "_" + context.names().of(aggregate) : value;
                columns.add(new Column(name, expressions.of(aggregate).and(among.as(Use.GROUP))));
            }
        }
        return new Rows(columns, source.rows().and(grouped));
    }

    /** Those named after GROUP BY, or all that nothing else names. */
    private List<Column> groups(List<Node> pivots, List<Node> aggregates) {
        List<String> named = pivot.texts("groups");
        if (!named.isEmpty()) {
            return named.stream().map(name -> scope.column(List.of(name))).toList();
        }
        Set<String> used = new LinkedHashSet<>();
        pivots.forEach(each -> names(each.list("pivot_expressions"), used));
        names(aggregates.stream().map(Node::members).toList(), used);
        return source.star().stream()
                .map(From.Item::column)
                .filter(column -> column != null && !used.contains(Stars.key(column.name())))
                .toList();
    }

    private static void names(List<?> expressions, Set<String> into) {
        for (Node node : Expressions.nodes(expressions)) {
            List<String> column = node.texts("column_names");
            if (!column.isEmpty()) {
                into.add(Stars.key(column.get(column.size() - 1)));
            }
            node.members()
                    .values()
                    .forEach(value -> names(
                            value instanceof List<?> list
                                    ? list
                                    : value instanceof java.util.Map<?, ?> map ? List.of(map) : List.of(),
                            into));
        }
    }

    /** One name per combination of values, the last column's changing first. */
    private static List<String> values(List<Node> pivots) {
        List<String> names = List.of("");
        for (Node each : pivots) {
            List<Node> entries = Expressions.nodes(each.list("entries"));
            if (entries.isEmpty()) {
                throw new CannotTell("the columns of a PIVOT whose values are not written out");
            }
            List<String> longer = new ArrayList<>();
            for (String before : names) {
                for (Node entry : entries) {
                    longer.add(before.isEmpty() ? called(entry) : before + "_" + called(entry));
                }
            }
            names = longer;
        }
        return names;
    }

    private static String called(Node entry) {
        Node value = entry.child("star_expr");
        Node literal = value == null ? null : value.child("literal");
        if (!entry.text("alias").isEmpty()) {
            return entry.text("alias");
        } else if (literal == null) {
            throw new CannotTell("the columns of a PIVOT whose values are not written out");
        }
        return literal.text("kind").equals("NULL") ? "NULL" : literal.text("text");
    }

    private Rows unpivoted() {
        Node into = Expressions.nodes(pivot.list("pivots")).get(0);
        List<String> values = pivot.texts("unpivot_names");
        List<List<Dependence>> made = new ArrayList<>();
        values.forEach(value -> made.add(new ArrayList<>()));
        Set<String> used = new LinkedHashSet<>();
        for (Node entry : Expressions.nodes(into.list("entries"))) {
            List<Column> columns = entryColumns(entry);
            for (int i = 0; i < columns.size(); i++) {
                made.get(i % values.size()).add(columns.get(i).from());
                used.add(Stars.key(columns.get(i).name()));
            }
        }
        List<Column> columns = new ArrayList<>();
        source.star().stream()
                .map(From.Item::column)
                .filter(column -> column != null && !used.contains(Stars.key(column.name())))
                .forEach(columns::add);
        into.texts("unpivot_names").forEach(name -> columns.add(new Column(name, Dependence.NONE)));
        for (int i = 0; i < values.size(); i++) {
            columns.add(new Column(values.get(i), Dependence.all(made.get(i))));
        }
        // A NULL makes no row, unless it is asked for.
        Dependence kept = pivot.flag("include_nulls")
                ? Dependence.NONE
                : Dependence.all(made.stream().flatMap(List::stream).toList()).as(Use.FILTER);
        return new Rows(columns, source.rows().and(kept));
    }

    /** Columns whose values go below one another: named as values, as references, or by a star. */
    private List<Column> entryColumns(Node entry) {
        List<Column> columns = new ArrayList<>();
        Node expression = entry.child("star_expr");
        if (expression != null) {
            if (expression.text("class").equals("STAR")) {
                columns.addAll(new Stars(scope, expressions).expand(expression));
            } else {
                columns.add(new Column(
                        expression.texts("column_names").stream()
                                .reduce((first, last) -> last)
                                .orElse(""),
                        expressions.of(expression)));
            }
        }
        return columns;
    }
}
