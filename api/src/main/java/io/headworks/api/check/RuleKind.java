package io.headworks.api.check;

import static io.headworks.api.check.RuleKind.Looks.AT_ROWS;
import static io.headworks.api.check.RuleKind.Looks.AT_THE_WHOLE;
import static io.headworks.api.check.RuleKind.Looks.BEYOND_THE_LOAD;

import java.util.Locale;

/** The rules of project files by their key: the quality dimension each measures, and what it looks at. */
public enum RuleKind {
    NOT_NULL(Rule.NotNull.class, Dimension.COMPLETENESS, AT_ROWS),
    UNIQUE(Rule.Unique.class, Dimension.UNIQUENESS, AT_THE_WHOLE),
    RANGE(Rule.Range.class, Dimension.VALIDITY, AT_ROWS),
    ACCEPTED(Rule.Accepted.class, Dimension.VALIDITY, AT_ROWS),
    PATTERN(Rule.Pattern.class, Dimension.VALIDITY, AT_ROWS),
    LENGTH(Rule.Length.class, Dimension.VALIDITY, AT_ROWS),
    PARSEABLE(Rule.Parseable.class, Dimension.VALIDITY, AT_ROWS),
    JSON_SCHEMA(Rule.JsonSchema.class, Dimension.VALIDITY, AT_ROWS),
    COMPARE(Rule.Compare.class, Dimension.CONSISTENCY, AT_ROWS),
    DIFFERENT(Rule.Different.class, Dimension.UNIQUENESS, AT_ROWS),
    TOTAL(Rule.Total.class, Dimension.CONSISTENCY, AT_ROWS),
    CONDITION(Rule.Condition.class, Dimension.CONSISTENCY, AT_ROWS),
    COLUMN_TYPE(Rule.ColumnType.class, Dimension.VALIDITY, AT_THE_WHOLE),
    REFERENCES(Rule.References.class, Dimension.CONSISTENCY, AT_ROWS),
    CARDINALITY(Rule.Cardinality.class, Dimension.CONSISTENCY, AT_THE_WHOLE),
    MONOTONIC(Rule.Monotonic.class, Dimension.CONSISTENCY, AT_THE_WHOLE),
    SEQUENCE(Rule.Sequence.class, Dimension.COMPLETENESS, AT_THE_WHOLE),
    INTERVALS(Rule.Intervals.class, Dimension.CONSISTENCY, AT_THE_WHOLE),
    OUTLIERS(Rule.Outliers.class, Dimension.ACCURACY, AT_THE_WHOLE),
    DISTINCT(Rule.Distinct.class, Dimension.VALIDITY, AT_THE_WHOLE),
    METRIC(Rule.Metric.class, Dimension.ACCURACY, AT_THE_WHOLE),
    ANOMALY(Rule.Anomaly.class, Dimension.ACCURACY, BEYOND_THE_LOAD),
    VOLUME(Rule.Volume.class, Dimension.COMPLETENESS, AT_THE_WHOLE),
    FRESHNESS(Rule.Freshness.class, Dimension.FRESHNESS, BEYOND_THE_LOAD),
    DISTRIBUTION(Rule.Distribution.class, Dimension.ACCURACY, AT_THE_WHOLE),
    RECONCILE(Rule.Reconcile.class, Dimension.ACCURACY, BEYOND_THE_LOAD),
    SCHEMA(Rule.SchemaIs.class, Dimension.VALIDITY, AT_THE_WHOLE),
    SQL(Rule.RowSql.class, Dimension.VALIDITY, AT_ROWS);

    /** What a rule judges. */
    public enum Looks {
        /** Each row by itself. */
        AT_ROWS,
        /** All rows together; it fails as a whole. */
        AT_THE_WHOLE,
        /** Other systems, or the clock: what a load cannot wait for. */
        BEYOND_THE_LOAD
    }

    private final Class<? extends Rule> rule;
    private final Dimension dimension;
    private final Looks looks;

    RuleKind(Class<? extends Rule> rule, Dimension dimension, Looks looks) {
        this.rule = rule;
        this.dimension = dimension;
        this.looks = looks;
    }

    static RuleKind of(Rule rule) {
        for (RuleKind kind : values()) {
            if (kind.rule == rule.getClass()) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of rule: " + rule.getClass());
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Dimension dimension() {
        return dimension;
    }

    public Looks looks() {
        return looks;
    }
}
