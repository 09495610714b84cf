package io.headworks.core.spec;

import io.headworks.api.source.Extract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline reads and how it goes on from run to run.
 *
 * @param sourceSystem a label for lineage
 * @param incremental null when every run reads everything
 * @param slice how history is cut; null when the pipeline does not say
 * @param allowEmpty no rows are no error
 */
public record ExtractSpec(
        String connection,
        @Nullable String sourceSystem,
        Extract extract,
        @Nullable Incremental incremental,
        @Nullable SliceSpec slice,
        boolean allowEmpty) {

    public boolean isIncremental() {
        return incremental != null;
    }

    /** The column a run with a stated range is cut by: the slice's, else the incremental key; null when there is none. */
    public @Nullable String sliceColumn() {
        return slice != null ? slice.by() : incremental != null ? incremental.key() : null;
    }

    /**
     * Reading on from the committed position.
     *
     * @param key the column that grows; null when new files are found by their names and content
     * @param lookback how far before the position to read again; null is not at all
     * @param settle how long before the source's present the upper bound stays
     */
    public record Incremental(
            @Nullable String key, @Nullable Lookback lookback, Duration settle, NullKeys nullKeys) {}

    /** A distance on the incremental key. */
    public sealed interface Lookback {
        record OfTime(Duration duration) implements Lookback {}

        record OfNumber(BigDecimal number) implements Lookback {}
    }

    /** Rows whose incremental key is NULL. */
    public enum NullKeys {
        REFUSE,
        EVERY_RUN
    }

    /**
     * How history is cut, half-open.
     *
     * @param every the length of a slice
     * @param start the beginning of history, as text of the column's type
     */
    public record SliceSpec(
            String by, @Nullable Every every, @Nullable String start, ZoneId timezone) {}

    /** A length in calendar units, in the slice's time zone. */
    public record Every(int number, Unit unit) {
        public enum Unit {
            HOUR,
            DAY,
            WEEK,
            MONTH,
            YEAR
        }
    }
}
