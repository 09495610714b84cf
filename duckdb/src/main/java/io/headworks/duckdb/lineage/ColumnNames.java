package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the engine calls expressions of a select list that were given no name. */
final class ColumnNames {
    private final Map<Map<?, ?>, String> names = new IdentityHashMap<>();

    void put(Node expression, String name) {
        names.put(expression.members(), name);
    }

    String of(Node expression) {
        String alias = expression.text("alias");
        if (!alias.isEmpty()) {
            return alias;
        }
        List<String> column = expression.texts("column_names");
        if (!column.isEmpty()) {
            return column.get(column.size() - 1);
        }
        String name = names.get(expression.members());
        if (name == null) {
            throw new CannotTell("a column of the select list has no name");
        }
        return name;
    }
}
