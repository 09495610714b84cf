package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each row the reason for which it is rejected: {@code code<TAB>check<TAB>sentence} of the first row check that it
 * fails, or NULL. A reason that a row already carries stays.
 */
public final class RejectMarker {
    private static final String REASON = DuckSql.name(HiddenColumns.REASON);
    private static final String ROW = "_hw_rows";

    private final SqlRunner sql;
    private final Map<String, Object> values;
    private final Reasons reasons;

    /**
     * @param values of {@code {{ … }}} in users' SQL, {@code now} among them
     * @param personal columns of which no reason shows a value, in whatever case
     */
    public RejectMarker(SqlRunner sql, Map<String, Object> values, List<String> personal) {
        this.sql = sql;
        this.reasons = new Reasons(personal);
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Compiled, not run.
     *
     * @throws HeadworksException of kind PROJECT when a check cannot be run on these columns
     */
    public Relation mark(Relation input, List<Check> rowChecks, Datasets datasets) {
        if (rowChecks.isEmpty()) {
            return input;
        }
        StringBuilder reason = new StringBuilder();
        if (input.carries(HiddenColumns.REASON)) {
            reason.append(" WHEN ").append(REASON).append(" IS NOT NULL THEN ").append(REASON);
        }
        for (Check check : rowChecks) {
            reason.append(when(input, check, datasets));
        }
        List<String> hidden = new ArrayList<>(input.hidden());
        hidden.remove(HiddenColumns.REASON);
        List<String> columns = new ArrayList<>(input.schema().names());
        columns.addAll(hidden);
        hidden.add(HiddenColumns.REASON);
        String marked = "SELECT " + DuckSql.names(columns) + ", CASE" + reason + " END AS " + REASON + " FROM "
                + Rows.from(input, ROW);
        Rehearsal.complaint(sql, marked).ifPresent(complaint -> {
            throw cannotMark(input, rowChecks, datasets, complaint);
        });
        return new Relation(marked, input.schema(), hidden);
    }

    private String when(Relation input, Check check, Datasets datasets) {
        try {
            List<String> conditions = new ArrayList<>();
            String sentence = condition(input, check, datasets, conditions);
            return " WHEN " + new Rows(input, check.where()).all(conditions.toArray(new String[0])) + " THEN concat("
                    + DuckSql.text(Reasons.prefix(check)) + ", " + sentence + ")";
        } catch (HeadworksException unfit) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot reject rows by check " + check.name() + ": " + unfit.getMessage());
        }
    }

    /** Adds the condition of a failing row and answers the sentence, an SQL expression. */
    private String condition(Relation input, Check check, Datasets datasets, List<String> conditions) {
        Rule rule = check.rule();
        Schema schema = input.schema();
        RowCondition condition = RowCondition.of(rule, schema);
        if (condition != null) {
            conditions.add(condition.failing());
            return reasons.sentence(rule, condition.columns());
        } else if (rule instanceof Rule.References references) {
            conditions.add(Reference.of(references, schema, datasets).failing(name -> ROW + "." + DuckSql.name(name)));
            return reasons.sentence(rule, references.columns());
        } else if (rule instanceof Rule.RowSql rowSql) {
            conditions.add(found(input, rowSql, check, datasets));
            return reasons.sentence(rule, List.of());
        }
        throw Unfit.because("a " + rule.key() + " check points at no single row");
    }

    /** The row is among those that the check's SQL returns, by its number in the batch. */
    private String found(Relation input, Rule.RowSql rule, Check check, Datasets datasets) {
        if (!input.carries(HiddenColumns.SEQ)) {
            throw Unfit.because("its SQL returns rows, and the rows here have no number to find them by"
                    + " (allowed: on_fail: stop, record)");
        }
        String select = FailingRowsQuery.over(sql, datasets, values)
                .select(check, rule, FailingRowsQuery.numbered(new Rows(input, check.where())));
        String numbers = "SELECT " + DuckSql.name(HiddenColumns.SEQ) + " FROM (" + select + "\n) AS _hw_found";
        Rehearsal.complaint(sql, numbers).ifPresent(complaint -> {
            throw Unfit.because(Reasons.firstLine(complaint)
                    + " (its SQL must return whole rows, as select * from {{ table }} where …)");
        });
        return ROW + "." + DuckSql.name(HiddenColumns.SEQ) + " IN (" + numbers + ")";
    }

    /** Finds the check that the engine complains about. */
    private HeadworksException cannotMark(Relation input, List<Check> checks, Datasets datasets, String complaint) {
        for (Check check : checks) {
            String alone = "SELECT CASE" + when(input, check, datasets) + " END FROM " + Rows.from(input, ROW);
            String why = Rehearsal.complaint(sql, alone).orElse(null);
            if (why != null) {
                return new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot reject rows by check " + check.name() + ": " + Reasons.firstLine(why));
            }
        }
        return new HeadworksException(FailureKind.INTERNAL, "Cannot reject rows: " + Reasons.firstLine(complaint));
    }
}
