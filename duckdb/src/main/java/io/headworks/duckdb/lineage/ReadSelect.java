package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SelectParts;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.List;
import java.util.Map;

/** A statement that the engine's parser has read. */
final class ReadSelect implements SelectTree {
    private final Node statement;
    private final ColumnNames names;
    private final boolean isExpression;

    ReadSelect(Node statement, ColumnNames names, boolean isExpression) {
        this.statement = statement;
        this.names = names;
        this.isExpression = isExpression;
    }

    @Override
    public Trace trace(TableColumns tables) {
        TableColumns withInput = table -> tables.of(table.equals("{ input }") ? INPUT : table);
        Context context = new Context(withInput, Map.of(), null, names, new Seen());
        try {
            Node query = statement.child("node");
            if (query == null) {
                throw new CannotTell("a statement that is no SELECT");
            }
            Trace trace = isExpression ? expression(context, query) : named(new Queries(context).rows(query));
            context.seen().check(statement.members());
            return trace;
        } catch (CannotTell unknown) {
            return new Trace.Unknown(String.valueOf(unknown.getMessage()));
        }
    }

    private static Trace expression(Context context, Node query) {
        Node only = Expressions.nodes(query.list("select_list")).get(0);
        Relation input = context.tables()
                .of(INPUT)
                .map(columns -> Relation.table(
                        INPUT,
                        columns.stream()
                                .map(name -> new Column(name, Dependence.on(new SourceColumn(INPUT, name), Use.COPIED)))
                                .toList(),
                        INPUT))
                .orElseGet(() -> Relation.open(INPUT, INPUT));
        Scope scope = new Scope(From.of(input, Dependence.NONE), null);
        return new Trace.Rows(List.of(new Column("", new Expressions(context, scope).of(only))), Dependence.NONE);
    }

    /** The stand-in for {@code {{ input }}} is called as users write it. */
    private static Trace.Rows named(Trace.Rows rows) {
        return new Trace.Rows(
                rows.columns().stream()
                        .map(column -> new Column(column.name(), named(column.from())))
                        .toList(),
                named(rows.rows()));
    }

    private static Dependence named(Dependence from) {
        boolean mentions =
                from.columns().stream().anyMatch(column -> column.table().equals("{ input }"));
        return mentions
                ? from.through(column -> Dependence.on(
                        column.table().equals("{ input }") ? new SourceColumn(INPUT, column.column()) : column,
                        Use.COPIED))
                : from;
    }

    @Override
    public String form() {
        return Form.of(statement);
    }

    @Override
    public SelectParts parts() {
        return new Cut(statement, names).parts();
    }
}
