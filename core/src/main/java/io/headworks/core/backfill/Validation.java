package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import io.headworks.core.slice.Slice;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares a table with what it was, and with its source. */
final class Validation {
    private final Measuring measuring;
    private final String backfill;

    /** @param backfill its id, behind which the ids of its runs stand */
    Validation(Measuring measuring, String backfill) {
        this.measuring = measuring;
        this.backfill = backfill;
    }

    Measure measure(PipelineSpec pipeline, @Nullable Slice range) {
        return pipeline.load().strategy() == Strategy.VIEW ? Measure.NO_TABLE : measuring.table(pipeline, range);
    }

    /** Puts what it finds into the outcome. */
    void afterwards(PipelineSpec pipeline, Backfill.Left left, Outcome outcome) {
        Measure after = measure(pipeline, left.range());
        outcome.after(after);
        Measure before = outcome.shown().before();
        Long duplicates = after.duplicates();
        if (duplicates != null && duplicates > 0) {
            outcome.found(
                    "duplicates: " + duplicates + " rows of " + pipeline.load().table()
                            + " repeat the key of another (before: "
                            + (before == null || before.duplicates() == null ? "not known" : before.duplicates())
                            + ")",
                    FailureKind.GATE.exitCode());
        }
        if (before != null && after.rows() < before.rows()) {
            outcome.noticed("the range had " + before.rows() + " rows before and has " + after.rows() + " now");
        }
        if (left.range() != null) {
            reconcile(pipeline, left, outcome);
        }
    }

    private void reconcile(PipelineSpec pipeline, Backfill.Left left, Outcome outcome) {
        List<Slice> ranges = joined(left.whole().slices());
        long source = measuring.source(pipeline, ranges);
        long loaded = loaded(pipeline, ranges);
        outcome.reconciled(source, loaded);
        if (source == loaded) {
            return;
        }
        String both = "the source has " + source + " rows of these slices now, and " + loaded + " were loaded";
        if (loaded > source || isPreserving(pipeline)) {
            outcome.found(
                    both + ": rows came or went since (load the range again with --only stale or without --only)",
                    FailureKind.RUN.exitCode());
        } else {
            outcome.noticed(both + "; its stages drop or join rows");
        }
    }

    /** Each row that is read is loaded or rejected. */
    private static boolean isPreserving(PipelineSpec pipeline) {
        return pipeline.stages().stream()
                .flatMap(stage -> stage.operations().stream())
                .map(Operation::kind)
                .allMatch(kind -> kind.rowLaw() == RowLaw.PRESERVING);
    }

    /** Of the newest load of each slice. */
    private long loaded(PipelineSpec pipeline, List<Slice> ranges) {
        Map<String, Long> bySlice = new LinkedHashMap<>();
        for (LedgerRow row : measuring.ledger(pipeline)) {
            String from = row.sliceFrom();
            String to = row.sliceTo();
            if (from != null && to != null && row.runId().compareTo(backfill) > 0) {
                Slice.read(from, to, pipeline.extract().sliceZone())
                        .filter(slice -> ranges.stream().anyMatch(range -> range.contains(slice)))
                        .ifPresent(slice -> bySlice.put(from + " to " + to, taken(row)));
            }
        }
        return bySlice.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long taken(LedgerRow row) {
        return row.rowsInserted() + row.rowsUpdated() + row.rowsUnchanged() + row.rowsRejected();
    }

    /** Neighbouring slices as one range. */
    static List<Slice> joined(List<Slice> slices) {
        List<Slice> joined = new ArrayList<>();
        for (Slice slice : new TreeSet<>(slices)) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).meets(slice)) {
                joined.set(last, new Slice(joined.get(last).from(), slice.to()));
            } else {
                joined.add(slice);
            }
        }
        return List.copyOf(joined);
    }
}
