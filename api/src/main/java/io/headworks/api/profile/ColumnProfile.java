package io.headworks.api.profile;

import io.headworks.api.type.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column look like. Values are texts as the engine prints them.
 *
 * @param span null where values have no order that is of use, and where there is none
 * @param numbers null for what is no number, and where there is none
 * @param texts null for what is no text, and where there is none
 * @param quantiles in the sample; empty where values have no order, or none is finite
 * @param histogram of the sample, in order; empty likewise
 * @param shapes the most frequent shapes of texts in the sample: letters as {@code A} and {@code a}, digits as {@code 9}
 * @param forms for each form asked for, how many values of the sample have it; empty for what is no text
 * @param sampled how many values of the sample are not NULL
 */
public record ColumnProfile(
        Field field,
        long rows,
        long nulls,
        Distinct distinct,
        @Nullable Span span,
        @Nullable Numbers numbers,
        @Nullable Texts texts,
        TopValues top,
        List<Quantile> quantiles,
        List<Bin> histogram,
        List<Counted> shapes,
        Map<String, Long> forms,
        long sampled) {
    public ColumnProfile {
        quantiles = List.copyOf(quantiles);
        histogram = List.copyOf(histogram);
        shapes = List.copyOf(shapes);
        forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    }

    /** How many different values there are; an estimate is some percent off. */
    public record Distinct(long count, boolean isExact) {}

    /** The smallest and the largest value that are finite. */
    public record Span(String min, String max) {}

    /**
     * Numbers.
     *
     * @param mean of finite values smaller than 1e150; null where there is none
     * @param deviation of the sample kind; null with fewer than two values
     * @param notFinite NaN and infinite values
     */
    public record Numbers(
            @Nullable Double mean,
            @Nullable Double deviation,
            long notFinite,
            @Nullable Outliers outliers) {}

    /** Values beyond three times the distance of the quartiles from the nearer one: Tukey's outer fences. */
    public record Outliers(double lowFence, double highFence, long below, long above) {
        public long count() {
            return below + above;
        }
    }

    /** Texts: their lengths in characters, and how many are empty. */
    public record Texts(long shortest, long longest, double meanLength, long empty) {}

    /**
     * Frequent values, the most frequent first, with exact numbers of rows.
     *
     * @param isComplete true when these are all values there are
     * @param rarest each value with at least this share of the rows is surely among them, as far as they are not too many; 0
     *     where all values were counted
     */
    public record TopValues(List<Counted> values, boolean isComplete, double rarest) {
        public static final TopValues NONE = new TopValues(List.of(), false, 1);

        public TopValues {
            values = List.copyOf(values);
        }
    }

    public record Counted(String value, long rows) {}

    /** The value below or at which a share of the values lies. */
    public record Quantile(double share, String value) {}

    /** Values from a bound up to another, which belongs to the next; of times, seconds since 1970. */
    public record Bin(double from, double to, long rows) {}

    public String name() {
        return field.name();
    }

    /** 0 to 1; 0 where there is no row. */
    public double nullShare() {
        return rows == 0 ? 0 : (double) nulls / rows;
    }

    public long present() {
        return rows - nulls;
    }
}
