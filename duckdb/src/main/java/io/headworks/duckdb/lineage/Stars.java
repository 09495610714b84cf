package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Trace.Column;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The columns that {@code *}, {@code t.*} and {@code COLUMNS(…)} stand for. */
final class Stars {
    private final Scope scope;
    private final Expressions expressions;

    Stars(Scope scope, Expressions expressions) {
        this.scope = scope;
        this.expressions = expressions;
    }

    List<Column> expand(Node star) {
        Set<String> excluded = excluded(star);
        Map<String, Node> replaced = replaced(star);
        Map<String, String> renamed = renamed(star);
        Node expression = star.child("expr");
        Predicate<String> chosen = expression == null ? name -> true : NameChoice.of(expression);
        expressions.lookedAt(expression);
        List<Column> columns = new ArrayList<>();
        for (From.Item item : items(star.text("relation_name"))) {
            Column column = item.column();
            if (column == null) {
                throw new CannotTell("* needs the columns of " + item.relation().table() + ", which are not known");
            }
            String name = key(column.name());
            boolean out = excluded.contains(name)
                    || excluded.contains(key(item.relation().alias()) + "." + name)
                    || !chosen.test(column.name());
            if (!out) {
                columns.add(column(item.relation(), column, replaced, renamed));
            }
        }
        return columns;
    }

    private Column column(Relation relation, Column column, Map<String, Node> replaced, Map<String, String> renamed) {
        String name = key(column.name());
        Node replacement = replaced.get(name);
        String other = Optional.ofNullable(renamed.get(name))
                .or(() -> Optional.ofNullable(renamed.get(key(relation.alias()) + "." + name)))
                .orElse(column.name());
        return new Column(other, replacement == null ? column.from() : expressions.of(replacement));
    }

    private List<From.Item> items(String relation) {
        if (relation.isEmpty()) {
            return scope.from().star();
        }
        Relation called = scope.from()
                .called(relation)
                .orElseThrow(() -> new CannotTell(relation + ".* names no table after FROM"));
        return From.of(called, io.headworks.api.lineage.Dependence.NONE).star();
    }

    private static Set<String> excluded(Node star) {
        Set<String> names = new HashSet<>();
        star.texts("exclude_list").forEach(name -> names.add(key(name)));
        Expressions.nodes(star.list("exclude_list")).forEach(each -> names.add(qualified(each)));
        Expressions.nodes(star.list("qualified_exclude_list")).forEach(each -> names.add(qualified(each)));
        return names;
    }

    private static Map<String, Node> replaced(Node star) {
        Map<String, Node> replaced = new HashMap<>();
        Expressions.nodes(star.list("replace_list")).forEach(entry -> {
            Node value = entry.child("value");
            if (value != null) {
                replaced.put(key(entry.text("key")), value);
            }
        });
        return replaced;
    }

    private static Map<String, String> renamed(Node star) {
        Map<String, String> renamed = new HashMap<>();
        Expressions.nodes(star.list("rename_list")).forEach(entry -> {
            Node column = entry.child("key");
            renamed.put(column == null ? key(entry.text("key")) : qualified(column), entry.text("value"));
        });
        return renamed;
    }

    private static String qualified(@Nullable Node column) {
        if (column == null) {
            return "";
        }
        String table = column.text("table");
        return key(table.isEmpty() ? column.text("column") : table + "." + column.text("column"));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
