package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code lookup}: a left join with the other dataset's rows gathered by key, so that it can never multiply rows; two rows
 * of a key that is asked for stop the run.
 */
final class LookupStep {
    private static final String MATCHES = "_hw_matches";

    private final Lookup lookup;
    private final Shape input;
    private final Reference other;
    private final String what;

    private LookupStep(Lookup lookup, Shape input, CompileContext context) {
        this.lookup = lookup;
        this.input = input;
        this.what = "look up in " + lookup.table();
        this.other = Reference.of(what, lookup.table(), context);
    }

    static Step of(Lookup lookup, Shape input, String name, CompileContext context) {
        refuseHistory(lookup);
        LookupStep step = new LookupStep(lookup, input, context);
        String gathered = name + "_" + lookup.table().table().table();
        return step.joined(gathered).after(List.of(OperationCompiler.cte(gathered, step.gathered())));
    }

    private static void refuseHistory(Lookup lookup) {
        String what = "Cannot look up in " + lookup.table() + ": ";
        if (lookup.asOf() != null) {
            throw Refusal.of(what + "as_of is not built yet");
        } else if (lookup.missing() == Lookup.Missing.INFER) {
            throw Refusal.of(what + "missing: infer is not built yet (allowed: keep, unknown, reject)");
        } else if (lookup.rekey() != null) {
            throw Refusal.of(what + "rekey is not built yet");
        } else if (lookup.match().isEmpty() || lookup.take().isEmpty()) {
            throw Refusal.of(what + "match and take must each name a column");
        }
    }

    private String gathered() {
        List<String> keys = lookup.match().values().stream().distinct().toList();
        List<String> items = new ArrayList<>();
        keys.forEach(key -> items.add(DuckSql.name(key)));
        lookup.take().values().stream()
                .distinct()
                .filter(column -> !keys.contains(column))
                .forEach(column -> items.add("any_value(" + DuckSql.name(column) + ") AS " + DuckSql.name(column)));
        items.add("count(*) AS " + MATCHES);
        return "SELECT " + String.join(", ", items) + "\nFROM (\n"
                + other.rows().sql() + "\n) AS d\nGROUP BY " + DuckSql.names(keys);
    }

    private Step joined(String gathered) {
        Projection projection = new Projection(input)
                .join("LEFT JOIN " + DuckSql.name(gathered) + " AS d ON " + condition())
                .require(Assertion.unless(
                        "d." + MATCHES + " > 1",
                        DuckSql.text("Cannot " + what + ": ") + ", d." + MATCHES + ", ' rows match ', " + shownKeys(),
                        input));
        boolean someInteger = false;
        for (Map.Entry<String, String> taken : lookup.take().entrySet()) {
            Field column = other.column(taken.getValue());
            if (input.schema().has(taken.getKey())) {
                throw Refusal.of(
                        "Cannot " + what + ": the input has a column " + taken.getKey() + " already",
                        "take it under another name: take: {NEW_NAME: " + taken.getValue() + "}");
            }
            boolean unknown = lookup.missing() == Lookup.Missing.UNKNOWN && isInteger(column.type());
            someInteger |= unknown;
            projection.set(taken.getKey(), value(column, unknown), column.type(), column.nullable() || !unknown);
        }
        if (lookup.missing() == Lookup.Missing.UNKNOWN && !someInteger) {
            throw Refusal.of("Cannot " + what + ": missing: unknown gives -1, and no column taken is a signed integer");
        } else if (lookup.missing() == Lookup.Missing.REJECT) {
            projection.reject(rejection());
        }
        return projection.step();
    }

    private static boolean isInteger(DataType type) {
        return type.isInteger() && !type.toString().startsWith("u");
    }

    private static String value(Field column, boolean unknown) {
        String value = "d." + DuckSql.name(column.name());
        return unknown ? "CASE WHEN d." + MATCHES + " IS NULL THEN -1 ELSE " + value + " END" : value;
    }

    private String condition() {
        return lookup.match().entrySet().stream()
                .map(pair -> {
                    Field own = input.column(what + " by", pair.getKey());
                    Field theirs = other.column(pair.getValue());
                    other.refuseMismatch(own, theirs);
                    return "d." + DuckSql.name(theirs.name()) + " = i." + DuckSql.name(own.name());
                })
                .collect(Collectors.joining(" AND "));
    }

    private Projection.Rejection rejection() {
        String rule = Reason.rule("lookup", lookup.match().keySet().iterator().next());
        return new Projection.Rejection(
                "d." + MATCHES + " IS NULL",
                Reason.of("no-match", rule, DuckSql.text("Cannot " + what + ": no row has ") + ", " + shownKeys()));
    }

    /** {@code customer_id = '5'}, by the names the other dataset has. */
    private String shownKeys() {
        return lookup.match().entrySet().stream()
                .map(pair ->
                        DuckSql.text(pair.getValue() + " = ") + ", " + Reason.shown("i." + DuckSql.name(pair.getKey())))
                .collect(Collectors.joining(", ', ', "));
    }
}
