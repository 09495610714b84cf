package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.Question.ByValue;
import io.headworks.duckdb.check.Question.Part;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has to be known for one check, in every form in which it can be asked. Refuses a check that does not fit. */
final class Questions {
    /** Costs of reading, as measured over 10 M rows: a short scan, a small regular expression, a probe of a hash table. */
    private static final int SCAN = 3;

    private static final int REGEX = 60;
    private static final int JSON = 300;
    private static final int JOIN = 25;
    /** Above so many values, NOT IN is no longer a filter of the scan. */
    private static final int SHORT_LIST = 8;

    private final CheckScope scope;
    private final Datasets datasets;

    private final FailingRowsQuery queries;

    Questions(CheckScope scope, Datasets datasets, FailingRowsQuery queries) {
        this.scope = scope;
        this.datasets = datasets;
        this.queries = queries;
    }

    /** The questions apart from the number of rows; empty where the schema alone answers. */
    List<Question> of(int index, Check check) {
        Rule rule = check.rule();
        Rows rows = new Rows(scope.relation(), check.where());
        Schema schema = scope.relation().schema();
        RowCondition condition = RowCondition.of(rule, schema);
        AcrossRows across = AcrossRows.of(rule, rows);
        if (condition != null) {
            return List.of(failing(index, rule, rows, condition));
        } else if (across != null) {
            return List.of(Question.alone(index, Part.FAILING, across.count()));
        } else if (rule instanceof Rule.References references) {
            return List.of(references(index, rows, Reference.of(references, schema, datasets)));
        } else if (rule instanceof Rule.Unique unique) {
            Unfit.columns(schema, unique.columns());
            Uniqueness keys = new Uniqueness(scope, unique.columns(), check.where());
            return List.of(new Question(List.of(index), Part.FAILING, keys.alone(), keys.fused(), null, 0));
        } else if (rule instanceof Rule.Freshness freshness) {
            return Measures.freshness(index, rows, freshness, scope.now());
        } else if (rule instanceof Rule.Distribution distribution) {
            return Measures.distribution(index, rows, distribution);
        } else if (rule instanceof Rule.Reconcile reconcile) {
            return Measures.reconcile(index, rows, reconcile, datasets);
        } else if (rule instanceof Rule.ColumnType columnType) {
            Unfit.column(schema, columnType.column());
        } else if (rule instanceof Rule.Distinct distinct) {
            return Measures.distinct(index, rows, distinct);
        } else if (rule instanceof Rule.Cardinality cardinality) {
            return List.of(Question.alone(
                    index,
                    Part.FAILING,
                    Occurrences.of(cardinality, rows, datasets).count()));
        } else if (rule instanceof Rule.Metric metric) {
            return Measures.metric(index, rows, metric, queries, check);
        } else if (rule instanceof Rule.Anomaly anomaly) {
            return new Gauge(anomaly.measure(), rows).questions(index, queries, check);
        } else if (rule instanceof Rule.Volume volume
                && volume.min() == null
                && volume.max() == null
                && volume.change() == null) {
            throw Unfit.because("it has no bound (allowed: min, max, change)");
        } else if (rule instanceof Rule.RowSql rowSql) {
            String select = queries.select(check, rowSql, FailingRowsQuery.rows(rows));
            return List.of(Question.alone(index, Part.FAILING, "SELECT count(*) FROM (" + select + "\n) AS _hw_found"));
        }
        return List.of();
    }

    /** How many rows the check looks at; empty for rules that look at columns. */
    Optional<Question> rows(int index, Check check) {
        Rule rule = check.rule();
        if (rule instanceof Rule.ColumnType || rule instanceof Rule.SchemaIs) {
            return Optional.empty();
        }
        Rows rows = new Rows(scope.relation(), check.where());
        String[] conditions = AcrossRows.present(needed(rule, rows));
        return Optional.of(
                Question.fusable(index, Part.ROWS, rows.countAlone(conditions), rows.countFused(conditions)));
    }

    /** Columns without which a row is not looked at. */
    private static List<String> needed(Rule rule, Rows rows) {
        AcrossRows across = AcrossRows.of(rule, rows);
        if (across != null) {
            return across.needed();
        } else if (rule instanceof Rule.Cardinality cardinality) {
            return cardinality.columns();
        }
        return rule instanceof Rule.Unique unique ? unique.columns() : List.of();
    }

    private static Question failing(int index, Rule rule, Rows rows, RowCondition condition) {
        String bad = condition.failing();
        ByValue byValue = null;
        if (rows.where() == null && condition.columns().size() == 1) {
            byValue = new ByValue(condition.columns().get(0), counted(condition.failing(column -> "v")));
        }
        return new Question(
                List.of(index), Part.FAILING, rows.countAlone(bad), rows.countFused(bad), byValue, cost(rule));
    }

    private static Question references(int index, Rows rows, Reference reference) {
        String alone = reference.count(rows);
        @Nullable ByValue byValue = null;
        if (rows.where() == null && reference.columns().size() == 1) {
            byValue = new ByValue(reference.columns().get(0), counted(reference.failing(column -> "_hw_values.v")));
        }
        return new Question(List.of(index), Part.FAILING, alone, null, byValue, JOIN);
    }

    /** The columns whose statistics can choose a form. */
    static List<String> columns(Rule rule) {
        if (rule instanceof Rule.Unique unique) {
            return unique.columns();
        } else if (rule instanceof Rule.OfColumn one
                && (isDear(rule)
                        || rule instanceof Rule.Accepted
                        || rule instanceof Rule.Distribution
                        || rule instanceof Rule.Distinct)) {
            return List.of(one.column());
        }
        return rule instanceof Rule.References references ? references.columns() : List.of();
    }

    private static String counted(String condition) {
        return "sum(CASE WHEN " + condition + " THEN n END)";
    }

    private static boolean isDear(Rule rule) {
        return rule instanceof Rule.Pattern || rule instanceof Rule.Parseable || rule instanceof Rule.JsonSchema;
    }

    private static int cost(Rule rule) {
        if (isDear(rule)) {
            return rule instanceof Rule.JsonSchema ? JSON : REGEX;
        }
        return rule instanceof Rule.Accepted accepted && accepted.values().size() > SHORT_LIST ? JOIN : SCAN;
    }

    /** Distinct values {@code v} of a column and how often each occurs, {@code n}. */
    static String values(Rows rows, String column) {
        return "(SELECT " + DuckSql.name(column) + " AS v, count(*) AS n FROM " + rows.and() + " GROUP BY "
                + DuckSql.name(column) + ") AS _hw_values";
    }
}
