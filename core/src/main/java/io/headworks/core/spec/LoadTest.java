package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a pipeline: the state before, the batches that its source gives, and the state after.
 *
 * @param place where the test begins
 * @param now the time of the runs; null for the real time
 * @param types of columns, over what their values look like
 * @param primaryKey what the source says its key is; empty when it says nothing
 * @param before rows of tables, with connections, that are there before the first batch
 * @param rejected the rows that go to the dead letter, in any order; empty means that none may
 * @param error part of the sentence with which the last batch fails; null when it does not
 * @param performance a bound on the time of real runs, in place of batches; null where there are batches
 */
public record LoadTest(
        Place place,
        String name,
        String pipeline,
        @Nullable Instant now,
        Map<String, String> variables,
        Map<String, DataType> types,
        List<String> primaryKey,
        Map<DatasetName, Fixture> before,
        List<Batch> batches,
        Map<DatasetName, Expectation> after,
        List<ExpectedReject> rejected,
        @Nullable String error,
        @Nullable Performance performance) {

    public LoadTest {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        primaryKey = List.copyOf(primaryKey);
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        batches = List.copyOf(batches);
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
        rejected = List.copyOf(rejected);
    }

    /**
     * How long the pipeline's newest run may have taken.
     *
     * @param times the median of earlier runs, above 1
     * @param runs how many of them
     * @param ignoreBelow so long is never too long
     */
    public record Performance(BigDecimal times, int runs, Duration ignoreBelow) {
        /** Fewer earlier runs say nothing of what is usual. */
        public static final int FEWEST_RUNS = 5;
    }

    /**
     * One run.
     *
     * @param source what the extract gives
     * @param inputs rows that tables beside it have from this run on
     * @param now the time of this run and of those after it; null when it stays
     */
    public record Batch(
            Fixture source,
            Map<DatasetName, Fixture> inputs,
            @Nullable Instant now) {
        public Batch {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        }
    }

    /**
     * A dead letter, as far as it is stated.
     *
     * @param reason part of the sentence
     * @param row some of the extracted row's values
     */
    public record ExpectedReject(
            @Nullable String stage,
            @Nullable String code,
            @Nullable String rule,
            @Nullable String column,
            @Nullable String reason,
            Map<String, Fixture.Cell> row) {
        public ExpectedReject {
            row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
        }
    }

    /** The same with what is known only when all files are. */
    public LoadTest named(
            Map<DatasetName, Fixture> tables, List<Batch> runs, Map<DatasetName, Expectation> expectations) {
        return new LoadTest(
                place,
                name,
                pipeline,
                now,
                variables,
                types,
                primaryKey,
                tables,
                runs,
                expectations,
                rejected,
                error,
                performance);
    }
}
