package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.SelectParts;
import io.headworks.api.lineage.SelectParts.Part;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the entries of a select list out of a SELECT, as far as each makes its column and does nothing to the rows. */
final class Cut {
    private final Node statement;
    private final ColumnNames names;

    Cut(Node statement, ColumnNames names) {
        this.statement = statement;
        this.names = names;
    }

    SelectParts parts() {
        Node query = statement.child("node");
        if (query == null || !query.text("type").equals("SELECT_NODE") || comparesAll(query)) {
            return new SelectParts(Map.of(), part(statement.members()));
        }
        Map<String, Part> columns = new LinkedHashMap<>();
        List<Object> left = new ArrayList<>();
        boolean groupsAll = query.text("aggregate_handling").equals("FORCE_AGGREGATES");
        for (Node item : Expressions.nodes(query.list("select_list"))) {
            boolean ofRows =
                    item.text("class").equals("STAR") || unnests(item.members()) || groupsAll && !Aggregates.isIn(item);
            if (ofRows || columns.containsKey(names.of(item))) {
                left.add(item.members());
            } else {
                columns.put(names.of(item), part(item.members()));
            }
        }
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>(query.members());
        rest.put("select_list", left);
        return new SelectParts(columns, part(rest));
    }

    /** DISTINCT and places in the select list hang on all of its entries. */
    private static boolean comparesAll(Node query) {
        boolean places = Expressions.nodes(query.list("group_expressions")).stream()
                .anyMatch(group -> group.text("class").equals("CONSTANT"));
        return places
                || Expressions.nodes(query.list("modifiers")).stream()
                        .anyMatch(modifier -> modifier.text("type").equals("DISTINCT_MODIFIER")
                                || Expressions.nodes(modifier.list("orders")).stream()
                                        .map(order -> order.child("expression"))
                                        .anyMatch(order -> order != null
                                                && List.of("CONSTANT", "STAR").contains(order.text("class"))));
    }

    private static boolean unnests(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            String function = new Node(map).text("function_name");
            return function.equalsIgnoreCase("unnest")
                    || function.equalsIgnoreCase("unlist")
                    || map.values().stream().anyMatch(Cut::unnests);
        }
        return value instanceof List<?> list && list.stream().anyMatch(Cut::unnests);
    }

    private static Part part(Map<?, ?> members) {
        Set<String> used = new HashSet<>();
        names(members, used);
        return new Part(Form.of(new Node(members)), used);
    }

    private static void names(@Nullable Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            List<String> column = new Node(map).texts("column_names");
            if (!column.isEmpty()) {
                into.add(Stars.key(column.get(0)));
            }
            map.values().forEach(member -> names(member, into));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> names(element, into));
        }
    }
}
