package io.headworks.api.check;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One number that describes rows; NULL counts for none but {@link Of#ROWS} and {@link Of#NOT_NULL_SHARE}.
 *
 * @param column what is measured; null for {@link Of#ROWS}, {@link Of#EXPRESSION} and {@link Of#SELECT}
 * @param quantile 0 to 1, of {@link Of#QUANTILE} only
 * @param sql of {@link Of#EXPRESSION} and {@link Of#SELECT} only
 */
public record Measure(
        Of of,
        @Nullable String column,
        @Nullable BigDecimal quantile,
        @Nullable String sql) {

    /** What is measured. */
    public enum Of {
        ROWS,
        NOT_NULL_SHARE,
        /** Different values. */
        DISTINCT,
        /** Different values among all. */
        DISTINCT_SHARE,
        /** Values that occur once among all. */
        UNIQUE_SHARE,
        MIN,
        MAX,
        SUM,
        MEAN,
        MEDIAN,
        QUANTILE,
        /** Of a sample: n - 1. */
        STDDEV,
        MEAN_LENGTH,
        /** An aggregate over the rows. */
        EXPRESSION,
        /** A SELECT of one row and one column. */
        SELECT;

        public boolean isShare() {
            return this == NOT_NULL_SHARE || this == DISTINCT_SHARE || this == UNIQUE_SHARE;
        }

        public boolean needsColumn() {
            return this != ROWS && this != EXPRESSION && this != SELECT;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Measure {
        boolean fits = (column != null) == of.needsColumn()
                && (quantile != null) == (of == Of.QUANTILE)
                && (sql != null) == (of == Of.EXPRESSION || of == Of.SELECT);
        if (!fits) {
            throw new IllegalArgumentException(
                    "Cannot measure " + of.word() + ": column " + column + ", quantile " + quantile + ", SQL " + sql);
        }
    }

    public static Measure rows() {
        return new Measure(Of.ROWS, null, null, null);
    }

    public static Measure of(Of of, String column) {
        return new Measure(of, column, null, null);
    }

    /** {@code mean of amount}. */
    @Override
    public String toString() {
        String what = quantile == null ? of.word() : of.word() + " " + quantile.toPlainString();
        return column == null ? what : what + " of " + column;
    }
}
