package io.headworks.duckdb.load;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.load.LoadColumns.Pair;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comparisons of rows as SQL. */
final class Equality {

    private Equality() {}

    /** True when no value differs; NULL equals NULL. */
    static String same(List<Pair> columns, String left, String right, boolean collated) {
        return columns.isEmpty()
                ? "true"
                : columns.stream()
                        .map(pair ->
                                exact(pair, left, collated) + " IS NOT DISTINCT FROM " + exact(pair, right, collated))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** Key columns are never NULL here, and compare by the table's rule. */
    static String sameKey(List<Pair> keys, String left, String right) {
        return keys.stream()
                .map(pair -> left + "." + pair.name() + " = " + right + "." + pair.name())
                .collect(Collectors.joining(" AND "));
    }

    /** True when the left row is newer: column by column, NULL older than any value. */
    static String newer(List<Pair> orderBy, String left, String right) {
        if (orderBy.isEmpty()) {
            return "false";
        }
        Pair first = orderBy.get(0);
        String one = left + "." + first.name();
        String other = right + "." + first.name();
        String newer = "coalesce(" + one + " > " + other + ", " + one + " IS NOT NULL AND " + other + " IS NULL)";
        List<Pair> rest = orderBy.subList(1, orderBy.size());
        return rest.isEmpty()
                ? newer
                : "(" + newer + " OR (" + one + " IS NOT DISTINCT FROM " + other + " AND " + newer(rest, left, right)
                        + "))";
    }

    /** What makes two rows of a batch different: of a deletion its key alone. */
    static String content(Work work, String alias) {
        String deletion = alias + "." + BatchRows.DELETION;
        Stream<String> key = work.columns().keys().stream().map(pair -> alias + "." + pair.name());
        Stream<String> values = work.columns().data().stream()
                .map(pair -> "CASE WHEN " + deletion + " THEN NULL ELSE "
                        + exact(pair, alias, work.table().collated()) + " END");
        return Stream.of(Stream.of(deletion), key, values).flatMap(part -> part).collect(Collectors.joining(", "));
    }

    /**
     * A value whose equality is that of its content: DuckDB finds a month equal to 30 days, and text of a collated column
     * equal by its collation.
     */
    static String exact(Pair pair, String alias, boolean collated) {
        String value = alias + "." + pair.name();
        if (holdsInterval(pair.column().type())) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        return collated && pair.column().type().isText() ? "encode(" + value + ")" : value;
    }

    private static boolean holdsInterval(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return holdsInterval(list.element());
        } else if (type instanceof DataType.Struct struct) {
            return struct.fields().stream().anyMatch(field -> holdsInterval(field.type()));
        } else if (type instanceof DataType.MapOf map) {
            return holdsInterval(map.key()) || holdsInterval(map.value());
        }
        return type == Simple.INTERVAL;
    }
}
