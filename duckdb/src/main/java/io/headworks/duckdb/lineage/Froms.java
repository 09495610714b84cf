package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Trace.Rows;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Binds what stands after FROM. */
final class Froms {
    private final Context context;

    Froms(Context context) {
        this.context = context;
    }

    From of(@Nullable Node table) {
        if (table == null) {
            return From.NOTHING;
        }
        return switch (table.text("type")) {
            case "EMPTY", "EMPTY_FROM" -> From.NOTHING;
            case "BASE_TABLE" -> base(table);
            case "SUBQUERY" -> subquery(table);
            case "JOIN" -> new Join(context, table).from();
            case "EXPRESSION_LIST" -> values(table);
            case "TABLE_FUNCTION" -> function(table);
            case "PIVOT" -> new Pivot(context, table).from();
            default -> throw new CannotTell("a FROM of kind " + table.text("type"));
        };
    }

    private From base(Node table) {
        String written = Stream.of("catalog_name", "schema_name", "table_name")
                .map(table::text)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
        String name = table.text("table_name");
        String alias =
                table.text("alias").isEmpty() ? written.substring(written.lastIndexOf('.') + 1) : table.text("alias");
        List<String> others = table.texts("column_name_alias");
        Optional<Rows> cte = written.equals(name) ? context.cte(name) : Optional.empty();
        if (cte.isPresent()) {
            Rows rows = called(cte.get(), others);
            return From.of(Relation.of(alias, rows.columns()), rows.rows());
        }
        Optional<List<String>> known = context.tables().of(written);
        if (known.isEmpty()) {
            if (!others.isEmpty()) {
                throw new CannotTell(alias + "(" + String.join(", ", others) + ") renames columns of " + written
                        + ", which are not known");
            }
            return From.of(Relation.open(alias, written), Dependence.NONE);
        }
        List<Column> columns = known.get().stream()
                .map(column -> new Column(column, Dependence.on(new SourceColumn(written, column), Use.COPIED)))
                .toList();
        return From.of(
                Relation.table(
                        alias,
                        called(new Rows(columns, Dependence.NONE), others).columns(),
                        written),
                Dependence.NONE);
    }

    private From subquery(Node table) {
        Rows rows =
                called(new Queries(context).rows(Queries.query(table, "subquery")), table.texts("column_name_alias"));
        return From.of(Relation.of(table.text("alias"), rows.columns()), rows.rows());
    }

    private From values(Node table) {
        Expressions expressions = new Expressions(context, outside());
        List<List<Dependence>> columns = new ArrayList<>();
        for (Object row : table.list("values")) {
            List<Node> cells = row instanceof List<?> list ? Expressions.nodes(list) : List.of();
            for (int i = 0; i < cells.size(); i++) {
                if (columns.size() <= i) {
                    columns.add(new ArrayList<>());
                }
                columns.get(i).add(expressions.of(cells.get(i)).as(Use.COMPUTED));
            }
        }
        List<String> names = table.texts("expected_names");
        List<Column> made = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            made.add(new Column(i < names.size() ? names.get(i) : "col" + i, Dependence.all(columns.get(i))));
        }
        Rows rows = called(new Rows(made, Dependence.NONE), table.texts("column_name_alias"));
        return From.of(Relation.of(table.text("alias"), rows.columns()), Dependence.NONE);
    }

    private From function(Node table) {
        Node call = table.child("function");
        String name = call == null ? "" : call.text("function_name").toLowerCase(Locale.ROOT);
        if (call == null
                || !List.of("unnest", "range", "generate_series", "generate_subscripts")
                        .contains(name)) {
            throw new CannotTell("table function " + name + "()");
        }
        List<Dependence> arguments = new ArrayList<>();
        Expressions expressions = new Expressions(context, outside());
        for (Node argument : Expressions.arguments(call)) {
            arguments.add(expressions.of(argument).as(Use.COMPUTED));
        }
        Dependence made = Dependence.all(arguments);
        String alias = table.text("alias").isEmpty() ? name : table.text("alias");
        Rows rows =
                called(new Rows(List.of(new Column(name, made)), Dependence.NONE), table.texts("column_name_alias"));
        return From.of(Relation.of(alias, rows.columns()), made.as(Use.JOIN));
    }

    private Scope outside() {
        return new Scope(From.NOTHING, context.outer());
    }

    /** The same rows with their first columns called otherwise; one of a name that was there before gets a number. */
    static Rows called(Rows rows, List<String> others) {
        Map<String, Integer> seen = new HashMap<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            Column column = rows.columns().get(i);
            String name = i < others.size() ? others.get(i) : column.name();
            int before = seen.merge(Stars.key(name), 1, Integer::sum) - 1;
            columns.add(new Column(before == 0 ? name : name + "_" + before, column.from()));
        }
        return new Rows(columns, rows.rows());
    }
}
