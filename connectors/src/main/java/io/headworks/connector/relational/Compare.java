package io.headworks.connector.relational;

import io.headworks.connector.relational.LoadColumns.Pair;
import java.util.List;
import java.util.stream.Collectors;

/** Comparisons of rows of the table {@code t} and of the batch {@code b} as SQL. */
final class Compare {
    private final Spelling spelling;

    Compare(Spelling spelling) {
        this.spelling = spelling;
    }

    /** By the table's rule, which is that of the left operand. */
    static String sameKey(List<Pair> keys) {
        return keys.stream().map(key -> key.in("t") + " = " + key.in("b")).collect(Collectors.joining(" AND "));
    }

    /** True when no value differs; NULL equals NULL. */
    String same(List<Pair> columns) {
        return columns.isEmpty()
                ? "true"
                : columns.stream()
                        .map(pair -> spelling.sameContent(pair.column(), pair.in("t"), pair.in("b")))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** True when the left row is newer: column by column, NULL older than any value. Else false or unknown. */
    String newer(List<Pair> orderBy, String left, String right) {
        if (orderBy.isEmpty()) {
            return "false";
        }
        String one = ordered(orderBy.get(0), left);
        String other = ordered(orderBy.get(0), right);
        String newer = "(" + one + " > " + other + " OR " + one + " IS NOT NULL AND " + other + " IS NULL)";
        List<Pair> rest = orderBy.subList(1, orderBy.size());
        return rest.isEmpty()
                ? newer
                : "(" + newer + " OR (" + spelling.same(one, other) + " AND " + newer(rest, left, right) + "))";
    }

    String newestFirst(List<Pair> orderBy) {
        return orderBy.stream()
                .map(pair -> spelling.greatestFirst(ordered(pair, "b")))
                .collect(Collectors.joining(", "));
    }

    /** True when two rows of the batch have the same values; NULL equals NULL. */
    String sameInBatch(List<Pair> columns, String left, String right) {
        return columns.isEmpty()
                ? "true"
                : columns.stream()
                        .map(pair -> spelling.sameContent(pair.column(), pair.in(left), pair.in(right)))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    String exact(Pair pair, String alias) {
        return spelling.exact(pair.column(), pair.in(alias));
    }

    private String ordered(Pair pair, String alias) {
        return spelling.sortable(pair.column(), pair.in(alias));
    }
}
