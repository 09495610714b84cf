package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.sqlite.LoadColumns.Pair;
import java.util.List;
import java.util.stream.Collectors;

/** Comparisons of rows of the table {@code t} and of the batch {@code b} as SQL. */
final class Compare {
    private Compare() {}

    /** By the table's rule, which is that of the left operand. */
    static String sameKey(List<Pair> keys) {
        return keys.stream().map(key -> key.in("t") + " = " + key.in("b")).collect(Collectors.joining(" AND "));
    }

    /** True when no value differs; NULL equals NULL. */
    static String same(List<Pair> columns) {
        return columns.isEmpty()
                ? "true"
                : columns.stream()
                        .map(pair -> pair.exact("t") + " IS " + pair.exact("b"))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** True when the left row is newer: column by column, NULL older than any value. */
    static String newer(List<Pair> orderBy, String left, String right) {
        if (orderBy.isEmpty()) {
            return "false";
        }
        String one = ordered(orderBy.get(0), left);
        String other = ordered(orderBy.get(0), right);
        String newer = "coalesce(" + one + " > " + other + ", " + one + " IS NOT NULL AND " + other + " IS NULL)";
        List<Pair> rest = orderBy.subList(1, orderBy.size());
        return rest.isEmpty()
                ? newer
                : "(" + newer + " OR (" + one + " IS " + other + " AND " + newer(rest, left, right) + "))";
    }

    static String newestFirst(List<Pair> orderBy) {
        return orderBy.stream()
                .map(pair -> ordered(pair, "b") + " DESC NULLS LAST")
                .collect(Collectors.joining(", "));
    }

    /** A value by which SQLite orders as the type does: exact numbers are text and need a text that sorts as they do. */
    private static String ordered(Pair pair, String alias) {
        DataType type = pair.column().readAs();
        if (!CellWriter.isExactText(type)) {
            return pair.in(alias);
        } else if (type instanceof DataType.Decimal decimal) {
            return SortableNumber.call(pair.in(alias), decimal.precision(), decimal.scale());
        } else if (type == Simple.UINT64 || type == Simple.HUGEINT) {
            return SortableNumber.call(pair.in(alias), 39, 0);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot order by '" + pair.column().name() + "' in SQLite: its type is " + type
                        + " (allowed: numbers with bounds, texts, dates, times)");
    }
}
