package io.headworks.core.spec;

import io.headworks.api.source.Extract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline reads and how it goes on from run to run.
 *
 * @param sourceSystem a label for lineage
 * @param incremental null when every run reads everything
 * @param slice how history is cut; null when the pipeline does not say
 * @param scan when all keys are compared with the table's, to find rows deleted in the source; null for never
 * @param allowEmpty no rows are no error
 * @param model the SELECT of an SQL model; null for a pipeline with a source
 */
public record ExtractSpec(
        String connection,
        @Nullable String sourceSystem,
        Extract extract,
        @Nullable Incremental incremental,
        @Nullable SliceSpec slice,
        @Nullable CronExpression scan,
        boolean allowEmpty,
        @Nullable ModelSpec model) {

    /** Of a pipeline with a source of its own. */
    public ExtractSpec(
            String connection,
            @Nullable String sourceSystem,
            Extract extract,
            @Nullable Incremental incremental,
            @Nullable SliceSpec slice,
            @Nullable CronExpression scan,
            boolean allowEmpty) {
        this(connection, sourceSystem, extract, incremental, slice, scan, allowEmpty, null);
    }

    /** Of an SQL model. */
    public static ExtractSpec of(
            ModelSpec model, Map<String, String> values, @Nullable SliceSpec slice, boolean allowEmpty) {
        Extract select =
                new Extract(new Extract.Reading.Model(model.file(), model.sql(), values), List.of(), null, null, null);
        return new ExtractSpec(ModelSpec.SOURCE, null, select, null, slice, null, allowEmpty, model);
    }

    public boolean isIncremental() {
        return incremental != null || model != null && model.isIncremental();
    }

    /** The column a run with a stated range is cut by: the slice's, else the incremental key; null when there is none. */
    public @Nullable String sliceColumn() {
        return slice != null ? slice.by() : incremental != null ? incremental.key() : null;
    }

    /** Where the days of slices begin. */
    public ZoneId sliceZone() {
        return slice == null ? ZoneOffset.UTC : slice.timezone();
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

        /** As in project files: 1d, 2mo. */
        @Override
        public String toString() {
            return number
                    + switch (unit) {
                        case HOUR -> "h";
                        case DAY -> "d";
                        case WEEK -> "w";
                        case MONTH -> "mo";
                        case YEAR -> "y";
                    };
        }
    }
}
