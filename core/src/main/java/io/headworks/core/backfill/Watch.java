package io.headworks.core.backfill;

import io.headworks.core.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks for slices that are unlike those before them: far more rows or far more time. */
final class Watch {
    private static final int ENOUGH = 5;
    private static final double SPIKE = 5;
    /** Below these nobody minds. */
    private static final double LEAST_SECONDS = 5;

    private static final long LEAST_ROWS = 1000;

    private final List<Double> seconds = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();

    /** A sentence when this run is a spike. */
    Optional<String> look(RunRecord run) {
        double took = run.duration() == null ? 0 : run.duration().toMillis() / 1000.0;
        long read = run.rows().extracted();
        Optional<String> spike = spike(run, took, read);
        seconds.add(took);
        rows.add(read);
        return spike;
    }

    private Optional<String> spike(RunRecord run, double took, long read) {
        if (seconds.size() < ENOUGH) {
            return Optional.empty();
        }
        double usualSeconds = median(seconds);
        double usualRows = median(rows);
        String slice = run.request().from() + " to " + run.request().to();
        if (read >= LEAST_ROWS && read > SPIKE * usualRows) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "spike: %s has %,d rows, usual are %,.0f (run %s)",
                    slice,
                    read,
                    usualRows,
                    run.runId()));
        }
        if (took >= LEAST_SECONDS && took > SPIKE * usualSeconds) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "spike: %s took %.1f s, usual are %.1f s (run %s)",
                    slice,
                    took,
                    usualSeconds,
                    run.runId()));
        }
        return Optional.empty();
    }

    private static double median(List<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
