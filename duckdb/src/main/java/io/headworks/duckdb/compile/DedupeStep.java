package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code dedupe}: one row per key. A row whose key holds a NULL has no key and is no duplicate; a row already rejected
 * takes no part and stays rejected.
 */
final class DedupeStep {
    private final Dedupe dedupe;
    private final Shape input;
    private final String apart;

    private DedupeStep(Dedupe dedupe, Shape input) {
        this.dedupe = dedupe;
        this.input = input;
        this.apart = apart();
    }

    static Step of(Dedupe dedupe, Shape input) {
        if (dedupe.keys().isEmpty()) {
            throw Refusal.of("Cannot dedupe: no key is given (columns: " + input.schema() + ")");
        }
        input.columns("dedupe by", dedupe.keys());
        input.columns("dedupe in the order of", dedupe.by());
        DedupeStep step = new DedupeStep(dedupe, input);
        String condition = dedupe.keep() == Dedupe.Keep.REFUSE ? step.refuse() : step.best();
        String select = "SELECT *\nFROM " + DuckSql.name(input.from()) + "\nQUALIFY " + condition;
        return new Step(select, input.schema(), input.hidden());
    }

    private String best() {
        String best = "row_number() OVER (" + partition() + " ORDER BY " + order() + ") = 1";
        return apart.isEmpty() ? best : apart + " OR " + best;
    }

    private String refuse() {
        String count = "count(*) OVER (" + partition() + ")";
        String wrong = apart.isEmpty() ? count + " > 1" : "NOT (" + apart + ") AND " + count + " > 1";
        String keys = dedupe.keys().stream()
                .map(key -> DuckSql.text(key + " = ") + ", " + Reason.shown(DuckSql.name(key)))
                .collect(Collectors.joining(", ', ', "));
        return Assertion.unless(wrong, "'Cannot dedupe: ', " + count + ", ' rows have ', " + keys, input);
    }

    private String partition() {
        String keys = "PARTITION BY " + DuckSql.names(dedupe.keys());
        return apart.isEmpty() ? keys : keys + ", (" + apart + ")";
    }

    /** Rows that are nobody's duplicate. */
    private String apart() {
        List<String> conditions = new ArrayList<>();
        if (input.carriesReason()) {
            conditions.add(DuckSql.name(HiddenColumns.REASON) + " IS NOT NULL");
        }
        for (String key : dedupe.keys()) {
            if (input.column("dedupe by", key).nullable()) {
                conditions.add(DuckSql.name(key) + " IS NULL");
            }
        }
        return String.join(" OR ", conditions);
    }

    /** Best first: by the given columns, NULL last, then by arrival; without one, by the whole row, so that it is one order. */
    private String order() {
        String direction = dedupe.keep() == Dedupe.Keep.LATEST ? " DESC" : " ASC";
        List<String> terms = new ArrayList<>();
        dedupe.by().forEach(column -> terms.add(DuckSql.name(column) + direction + " NULLS LAST"));
        if (input.carries(HiddenColumns.SEQ)) {
            terms.add(DuckSql.name(HiddenColumns.SEQ) + direction);
        } else if (dedupe.by().isEmpty()) {
            throw Refusal.of(
                    "Cannot dedupe by arrival: after an operation that reshapes, rows have no order of their own",
                    "say which row is the latest: dedupe: {keys: [" + String.join(", ", dedupe.keys())
                            + "], keep: latest, by: COLUMN}");
        } else {
            input.schema().fields().stream()
                    .map(Field::name)
                    .filter(name ->
                            !dedupe.by().contains(name) && !dedupe.keys().contains(name))
                    .forEach(name -> terms.add(DuckSql.name(name) + direction + " NULLS LAST"));
        }
        return String.join(", ", terms);
    }
}
