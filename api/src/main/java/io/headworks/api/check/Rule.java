package io.headworks.api.check;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check demands. Bounds and values are texts, read as the column's type. */
public sealed interface Rule {

    default RuleKind kind() {
        return RuleKind.of(this);
    }

    /** The key that names this rule in project files. */
    default String key() {
        return kind().key();
    }

    default Dimension dimension() {
        return kind().dimension();
    }

    /** True when the rule points at single rows, so that they can be counted, sampled and rejected. */
    default boolean isRowRule() {
        return kind().looks() == RuleKind.Looks.AT_ROWS;
    }

    /** True when the rule looks at something a load cannot wait for: it runs after COMMIT and never blocks. */
    default boolean isAfterCommit() {
        return kind().looks() == RuleKind.Looks.BEYOND_THE_LOAD;
    }

    /** A rule about one column. */
    sealed interface OfColumn extends Rule {
        String column();
    }

    /** A rule about several columns together. */
    sealed interface OfColumns extends Rule {
        List<String> columns();
    }

    /** None of the columns is NULL. */
    record NotNull(List<String> columns) implements OfColumns {
        public NotNull {
            columns = List.copyOf(columns);
        }
    }

    /** No two rows agree on all the columns; rows with a NULL among them are left out. */
    record Unique(List<String> columns) implements OfColumns {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** The value is within bounds; NULL passes, NaN fails. */
    record Range(
            String column, @Nullable String min, @Nullable String max, boolean minExclusive, boolean maxExclusive)
            implements OfColumn {}

    /** The value is one of the list; NULL passes. */
    record Accepted(String column, List<String> values) implements OfColumn {
        public Accepted {
            values = List.copyOf(values);
        }
    }

    /** The whole value matches one of some regular expressions, and none of others; NULL passes. */
    record Pattern(String column, List<String> matches, List<String> notMatches) implements OfColumn {
        public Pattern {
            matches = List.copyOf(matches);
            notMatches = List.copyOf(notMatches);
        }

        public Pattern(String column, String matches) {
            this(column, List.of(matches), List.of());
        }
    }

    /** The number of characters is within bounds; NULL passes. */
    record Length(
            String column, @Nullable Long min, @Nullable Long max) implements OfColumn {}

    /** Text can be read as a value of a type, written in one way; NULL passes. */
    record Parseable(String column, DataType type, @Nullable String format) implements OfColumn {}

    /** A JSON value has a shape; NULL passes, what is no JSON fails. */
    record JsonSchema(String column, JsonShape shape) implements OfColumn {}

    /** The values of two columns of a row stand in an order. */
    record Compare(String column, Comparison is, String to, Nulls nulls) implements OfColumn {
        /** What a NULL on either side means. */
        public enum Nulls {
            PASS,
            FAIL,
            /** Two NULLs are equal, and one differs from any value. */
            EQUAL
        }
    }

    /** No two columns of a row hold the same value; NULL equals nothing. */
    record Different(List<String> columns) implements OfColumns {
        public Different {
            columns = List.copyOf(columns);
        }
    }

    /** The columns of a row add up to another column, or to a number; a row with a NULL among them passes. */
    record Total(List<String> columns, String sum, BigDecimal tolerance) implements OfColumns {
        public Total {
            columns = List.copyOf(columns);
        }
    }

    /** A condition is true for every row, or for those for which another is; NULL is not true. */
    record Condition(String then, @Nullable String when) implements Rule {}

    /** The column has this type. */
    record ColumnType(String column, DataType type) implements OfColumn {}

    /** Each value is found in another dataset; rows with a NULL among the columns pass. */
    record References(List<String> columns, DatasetName to, List<String> toColumns) implements OfColumns {
        public References {
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }
    }

    /** Each value occurs as often as in another dataset; rows with a NULL among the columns are left out. */
    record Cardinality(List<String> columns, DatasetName to, List<String> toColumns) implements OfColumns {
        public Cardinality {
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }
    }

    /** Values rise or fall from row to row of an order, within groups; rows with a NULL are left out. */
    record Monotonic(String column, boolean falling, boolean strictly, List<String> orderBy, List<String> per)
            implements OfColumn {
        public Monotonic {
            orderBy = List.copyOf(orderBy);
            per = List.copyOf(per);
        }
    }

    /** Values follow one another by a step without gap or repetition, within groups; NULL is left out. */
    record Sequence(String column, String step, List<String> per) implements OfColumn {
        public Sequence {
            per = List.copyOf(per);
        }
    }

    /** Intervals of rows do not overlap, within groups; NULL is an open end. */
    record Intervals(String from, String to, List<String> per, Gaps gaps, boolean closed, boolean emptyAllowed)
            implements Rule {
        public Intervals {
            per = List.copyOf(per);
        }

        /** Whether something may lie between two neighbours. */
        public enum Gaps {
            ALLOW,
            REFUSE,
            REQUIRE
        }
    }

    /** Values lie within so many standard deviations of their mean; NULL is left out. */
    record Outliers(String column, BigDecimal zScore) implements OfColumn {}

    /** The different values of a column are these, or these and others; NULL is no value. */
    record Distinct(String column, List<String> values, boolean othersAllowed) implements OfColumn {
        public Distinct {
            values = List.copyOf(values);
        }
    }

    /** A measure of the rows is within bounds; NaN fails. */
    record Metric(
            Measure measure, @Nullable String min, @Nullable String max, boolean minExclusive, boolean maxExclusive)
            implements Rule {}

    /** A measure of the rows is what its own history lets expect. */
    record Anomaly(
            Measure measure,
            Duration against,
            Direction direction,
            BigDecimal sensitivity,
            BigDecimal floor,
            Season season,
            int fewest)
            implements Rule {
        /** Which way a number must stray to be an anomaly. */
        public enum Direction {
            UP,
            DOWN,
            BOTH
        }

        /** Which of the earlier numbers it is compared with, in UTC. */
        public enum Season {
            NONE,
            HOUR,
            WEEKDAY,
            WEEKDAY_HOUR
        }
    }

    /** The number of rows of a run or table is within bounds, or within a share of its own history. */
    record Volume(
            @Nullable Long min,
            @Nullable Long max,
            @Nullable BigDecimal change,
            @Nullable Duration against,
            boolean perRun)
            implements Rule {
        /** True for bounds on all rows that a run brings to the load, those included that the table has already. */
        public static boolean isOfWholeRun(Check check) {
            return check.rule() instanceof Volume volume
                    && volume.perRun
                    && volume.change == null
                    && check.scope() == Scope.TOUCHED
                    && check.where() == null;
        }

        /** Judges a number of rows against the bounds; no rows pass only where a minimum says so. */
        public CheckResult judge(Check check, long rows) {
            boolean fails = (min != null && rows < min) || (max != null && rows > max);
            String observed = Long.toString(rows);
            return !fails && rows == 0 && min == null
                    ? CheckResult.unverified(check, rows, observed)
                    : CheckResult.measured(check, rows, fails, observed);
        }

        @Override
        public boolean isAfterCommit() {
            return change != null;
        }
    }

    /** The newest value is not older than this. */
    record Freshness(String column, Duration within) implements OfColumn {}

    /** No single value has more than this share of the rows (0 to 1); the most frequent ones are among a list. */
    record Distribution(String column, @Nullable BigDecimal maxShare, List<String> mostCommon) implements OfColumn {
        public Distribution {
            mostCommon = List.copyOf(mostCommon);
        }
    }

    /**
     * An aggregate equals the one computed on another system, within a share (0 to 1) of that.
     *
     * @param expressionThere the aggregate there, where it is written otherwise
     * @param minRatio instead of the tolerance: the least and the most that the one here divided by the other may be
     */
    record Reconcile(
            String expression,
            DatasetName with,
            @Nullable String expressionThere,
            BigDecimal tolerance,
            @Nullable BigDecimal minRatio,
            @Nullable BigDecimal maxRatio)
            implements Rule {
        public Reconcile(String expression, DatasetName with, BigDecimal tolerance) {
            this(expression, with, null, tolerance, null, null);
        }

        public boolean isRatio() {
            return minRatio != null || maxRatio != null;
        }
    }

    /** The table has these columns with these types, in this order where that counts, and so many of them. */
    record SchemaIs(
            Map<String, DataType> columns,
            boolean extraAllowed,
            boolean inOrder,
            @Nullable Long minColumns,
            @Nullable Long maxColumns)
            implements Rule {
        public SchemaIs {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        public SchemaIs(Map<String, DataType> columns, boolean extraAllowed) {
            this(columns, extraAllowed, false, null, null);
        }
    }

    /** A SELECT whose rows are the failing ones; {@code {{ table }}} is the relation checked. */
    record RowSql(String rows) implements Rule {}
}
