package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns that one entry of a select list gives: several for a star, and for an expression over COLUMNS(…). */
final class SelectItem {
    private static final String COLUMN = "\\0";

    private final Context context;
    private final Scope scope;
    private final Expressions expressions;

    SelectItem(Context context, Scope scope, Expressions expressions) {
        this.context = context;
        this.scope = scope;
        this.expressions = expressions;
    }

    List<Column> columns(Node item) {
        String alias = item.text("alias");
        if (item.text("class").equals("STAR")) {
            return new Stars(scope, expressions)
                    .expand(item).stream().map(column -> named(alias, column)).toList();
        }
        Node star = starIn(item);
        if (star == null) {
            return List.of(new Column(name(item), expressions.of(item)));
        }
        List<Column> columns = new ArrayList<>();
        // Each column is followed in a copy of the expression.
        expressions.lookedAt(item);
        for (Column each : new Stars(scope, expressions).expand(star)) {
            Dependence from = expressions.of(with(item, star, each.name()));
            columns.add(new Column(alias.isEmpty() ? each.name() : alias.replace(COLUMN, each.name()), from));
        }
        return columns;
    }

    private static Column named(String alias, Column column) {
        return alias.isEmpty() ? column : new Column(alias.replace(COLUMN, column.name()), column.from());
    }

    /** As the table spells it, where it is a column of one. */
    private String name(Node item) {
        List<String> names = item.texts("column_names");
        return item.text("alias").isEmpty() && !names.isEmpty()
                ? scope.column(names).name()
                : context.names().of(item);
    }

    /** The COLUMNS(…) of an expression, whose columns each give one; a star among arguments is none of these. */
    private static @Nullable Node starIn(Object value) {
        if (value instanceof Node node) {
            if (node.text("class").equals("SUBQUERY") || node.text("type").equals("OPERATOR_UNPACK")) {
                return null;
            } else if (node.text("class").equals("STAR")) {
                return node.flag("columns") ? node : null;
            }
            return starIn(new ArrayList<>(node.members().values()));
        }
        if (value instanceof List<?> list) {
            for (Object each : list) {
                Node found = each instanceof Map<?, ?> map
                        ? starIn(new Node(map))
                        : each instanceof List<?> ? starIn(each) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Node with(Node expression, Node star, String column) {
        return new Node(replaced(expression.members(), star.members(), column));
    }

    private static Map<?, ?> replaced(Map<?, ?> members, Map<?, ?> star, String column) {
        if (members == star) {
            return Map.of("class", "COLUMN_REF", "type", "COLUMN_REF", "alias", "", "column_names", List.of(column));
        }
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((key, value) -> copy.put(key, replacedIn(value, star, column)));
        return copy;
    }

    private static @Nullable Object replacedIn(@Nullable Object value, Map<?, ?> star, String column) {
        if (value instanceof Map<?, ?> map) {
            return replaced(map, star, column);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(replacedIn(each, star, column)));
            return copy;
        }
        return value;
    }
}
