package io.headworks.duckdb.check;

import io.headworks.api.engine.Relation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a relation that a check's {@code where} leaves, as SQL. */
record Rows(Relation relation, @Nullable String where) {

    String from() {
        return from(relation, "_hw_rows");
    }

    static String from(Relation relation, String alias) {
        return "(" + relation.sql() + "\n) AS " + alias;
    }

    /** {@code from … where …} with further conditions. */
    String and(String... conditions) {
        List<String> all = conditions(conditions);
        return from() + (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all));
    }

    /** The conditions in one expression. */
    String all(String... conditions) {
        return String.join(" AND ", conditions(conditions));
    }

    String countAlone(String... conditions) {
        return "SELECT count(*) FROM " + and(conditions);
    }

    String countFused(String... conditions) {
        List<String> all = conditions(conditions);
        return all.isEmpty() ? "count(*)" : "count_if(" + String.join(" AND ", all) + ")";
    }

    /** A user's condition, which cannot reach out of its brackets. */
    static String filter(String where) {
        return Unfit.expression("where", where);
    }

    private List<String> conditions(String... conditions) {
        Stream<String> filter = where == null ? Stream.of() : Stream.of(filter(where));
        return Stream.concat(filter, Stream.of(conditions).map(condition -> "(" + condition + ")"))
                .collect(Collectors.toList());
    }
}
