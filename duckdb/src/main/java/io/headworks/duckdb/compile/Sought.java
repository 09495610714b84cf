package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;

/** What a look-up seeks: the rows of another dataset, as {@code d}, that have the keys of a row of the input, {@code i}. */
record Sought(Lookup lookup, Shape input, Reference other) {

    static Sought of(Lookup lookup, Shape input, CompileContext context) {
        if (lookup.match().isEmpty() || lookup.take().isEmpty()) {
            throw Refusal.of("Cannot look up in " + lookup.table() + ": match and take must each name a column");
        }
        return new Sought(lookup, input, Reference.of("look up in " + lookup.table(), lookup.table(), context));
    }

    String what() {
        return other.operation();
    }

    /** The other dataset's columns that are compared, each once. */
    List<String> keys() {
        return lookup.match().values().stream().distinct().toList();
    }

    /** {@code any_value(c) AS c} for each column taken that is no key. */
    List<String> gatheredColumns() {
        List<String> keys = keys();
        return lookup.take().values().stream()
                .distinct()
                .filter(column -> !keys.contains(column))
                .map(column -> "any_value(" + DuckSql.name(column) + ") AS " + DuckSql.name(column))
                .toList();
    }

    String sameKeys() {
        return lookup.match().entrySet().stream()
                .map(pair -> {
                    Field own = input.column(what() + " by", pair.getKey());
                    Field theirs = other.column(pair.getValue());
                    other.refuseMismatch(own, theirs);
                    return "d." + DuckSql.name(theirs.name()) + " = i." + DuckSql.name(own.name());
                })
                .collect(Collectors.joining(" AND "));
    }

    /** {@code customer_id = '5'}, by the names the other dataset has, as arguments of concat(). */
    String shownKeys() {
        return lookup.match().entrySet().stream()
                .map(pair ->
                        DuckSql.text(pair.getValue() + " = ") + ", " + Reason.shown("i." + DuckSql.name(pair.getKey())))
                .collect(Collectors.joining(", ', ', "));
    }

    /** The beginning of every sentence, as an argument of concat(). */
    String cannot() {
        return DuckSql.text("Cannot " + what() + ": ");
    }
}
