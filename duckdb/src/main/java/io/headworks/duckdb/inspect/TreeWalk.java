package io.headworks.duckdb.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks a statement's tree and gathers what it names, with the scope of CTEs and of lambda parameters. */
final class TreeWalk {
    /** A table in FROM that is no CTE. */
    record Table(
            String catalog,
            String schema,
            String name,
            String alias,
            List<String> columnAliases,
            int location,
            int length) {
        /** As the SQL spells it, without quotes. */
        String written() {
            return Stream.of(catalog, schema, name)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("."));
        }
    }

    private final List<Table> tables = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private boolean samples;

    private TreeWalk() {}

    static TreeWalk over(Node statement) {
        TreeWalk walk = new TreeWalk();
        walk.walk(statement.members(), Set.of());
        return walk;
    }

    List<Table> tables() {
        return List.copyOf(tables);
    }

    List<String> columns() {
        return List.copyOf(columns);
    }

    List<String> functions() {
        return List.copyOf(functions);
    }

    /** Kinds of statement inside the SELECT that are not SELECT. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** True when a part of the rows is taken by chance. */
    boolean samples() {
        return samples;
    }

    private void walk(@Nullable Object value, Set<String> scope) {
        if (value instanceof List<?> list) {
            list.forEach(element -> walk(element, scope));
        } else if (value instanceof Map<?, ?> map) {
            node(new Node(map), scope);
        }
    }

    private void node(Node node, Set<String> outer) {
        Set<String> scope = outer;
        Node ctes = node.child("cte_map");
        if (ctes != null) {
            scope = ctes(ctes, outer);
        }
        switch (node.text("type")) {
            case "BASE_TABLE" -> table(node, scope);
            case "COLUMN_REF" -> column(node, scope);
            case "RECURSIVE_CTE_NODE" -> scope = with(scope, table(node.text("cte_name")));
            case "LAMBDA" -> scope = lambda(node, scope);
            case "SHOW_REF" -> refused.add("DESCRIBE or SHOW");
            case "PARAMETER", "VALUE_PARAMETER" -> refused.add("a parameter");
            case "OPERATOR_COALESCE" -> functions.add("coalesce");
            default -> function(node);
        }
        samples |= !node.lacks("sample");
        node.texts("using_columns").forEach(columns::add);
        for (Map.Entry<?, ?> member : node.members().entrySet()) {
            if (!member.getKey().equals("cte_map") && !member.getKey().equals("lhs")) {
                walk(member.getValue(), scope);
            }
        }
    }

    /** A CTE sees those before it; the statement sees all. */
    private Set<String> ctes(Node ctes, Set<String> outer) {
        Set<String> scope = outer;
        for (Object entry : ctes.list("map")) {
            Node cte = Node.of(entry);
            if (cte != null) {
                walk(cte.members().get("value"), scope);
                scope = with(scope, table(cte.text("key")));
            }
        }
        return scope;
    }

    private void table(Node node, Set<String> scope) {
        Table table = new Table(
                node.text("catalog_name"),
                node.text("schema_name"),
                node.text("table_name"),
                node.text("alias"),
                node.texts("column_name_alias"),
                node.location(),
                node.length());
        boolean bare = table.written().equals(table.name());
        if ((bare && scope.contains(table(table.name()))) || Placeholders.isStandIn(table.written())) {
            return;
        }
        tables.add(table);
    }

    private void column(Node node, Set<String> scope) {
        List<String> names = node.texts("column_names");
        String name = names.get(names.size() - 1);
        if (!scope.contains(parameter(names.get(0))) && !Placeholders.isStandIn(name)) {
            columns.add(name);
        }
    }

    private static Set<String> lambda(Node node, Set<String> scope) {
        Set<String> inner = scope;
        Node parameters = node.child("lhs");
        if (parameters != null) {
            List<Object> each = new ArrayList<>(parameters.list("arguments"));
            each.add(parameters.members());
            for (Object entry : each) {
                Node parameter = Node.of(entry);
                Node inside = parameter == null ? null : parameter.child("expression");
                Node reference = inside == null ? parameter : inside;
                if (reference != null && !reference.texts("column_names").isEmpty()) {
                    inner = with(
                            inner, parameter(reference.texts("column_names").get(0)));
                }
            }
        }
        return inner;
    }

    private void function(Node node) {
        String name = node.text("function_name").toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !node.flag("is_operator")) {
            functions.add(name.equals("count_star") ? "count" : name);
        }
    }

    private static Set<String> with(Set<String> scope, String name) {
        Set<String> wider = new HashSet<>(scope);
        wider.add(name);
        return wider;
    }

    private static String table(String name) {
        return "table " + name.toLowerCase(Locale.ROOT);
    }

    private static String parameter(String name) {
        return "parameter " + name.toLowerCase(Locale.ROOT);
    }
}
