package io.headworks.core.backfill;

import io.headworks.core.record.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has come of one part so far. Written by the thread of the part, read by others. */
final class Outcome {
    private static final int SHOWN = 20;

    private final Part part;
    private final int toRun;
    private final int doneBefore;
    private int done;
    private int failed;
    private long rows;
    private double seconds;
    private @Nullable Measure before;
    private @Nullable Measure after;
    private @Nullable Long sourceRows;
    private @Nullable Long loadedRows;
    private final List<String> findings = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<Integer> exitCodes = new LinkedHashSet<>();

    private Outcome(Part part, int toRun, int doneBefore, @Nullable Measure before) {
        this.part = part;
        this.toRun = toRun;
        this.doneBefore = doneBefore;
        this.before = before;
    }

    /** Of a part that nobody has begun. */
    static Outcome none(Part part) {
        return new Outcome(part, part.runs(), 0, null);
    }

    /** Of a part that this process begins, or takes up again. */
    static Outcome of(Backfill.Left left) {
        return new Outcome(left.part(), left.isNothing() ? 0 : left.part().runs(), left.done(), left.before());
    }

    Part part() {
        return part;
    }

    synchronized void ran(RunRecord run, String slice) {
        seconds += run.duration() == null ? 0 : run.duration().toMillis() / 1000.0;
        if (run.status().isPublished()) {
            done++;
            rows += run.rows().loaded();
            if (run.exitCode() != 0) {
                exitCodes.add(run.exitCode());
            }
        } else {
            failed++;
            exitCodes.add(run.exitCode());
            if (failures.size() < SHOWN) {
                RunRecord.Failure why = run.failure();
                failures.add((slice.isEmpty() ? "" : slice + ": ")
                        + (why == null ? run.status().key() : why.message()) + " (run " + run.runId() + ")");
            }
        }
    }

    synchronized void failed(String why, int exitCode) {
        failures.add(why);
        exitCodes.add(exitCode);
    }

    /** Something that a person must look at. */
    synchronized void found(String sentence, int exitCode) {
        findings.add(sentence);
        exitCodes.add(exitCode);
    }

    synchronized void noticed(String sentence) {
        findings.add(sentence);
    }

    synchronized void before(Measure measure) {
        before = measure;
    }

    synchronized void after(Measure measure) {
        after = measure;
    }

    synchronized void reconciled(long source, long loaded) {
        sourceRows = source;
        loadedRows = loaded;
    }

    /** A picture of it. */
    synchronized Shown shown() {
        return new Shown(
                doneBefore + done,
                failed,
                rows,
                seconds,
                before,
                after,
                sourceRows,
                loadedRows,
                List.copyOf(findings),
                List.copyOf(failures),
                List.copyOf(exitCodes));
    }

    /** True when every run of the part was published, by this process or one before. */
    synchronized boolean isWhole() {
        return failed == 0 && done == toRun && failures.isEmpty();
    }

    /**
     * As it stands.
     *
     * @param done runs that were published
     * @param rows they inserted or updated, in this process
     * @param sourceRows what the source has now; null when it was not asked
     * @param loadedRows what the runs took from the source; null when that was not asked
     */
    record Shown(
            int done,
            int failed,
            long rows,
            double seconds,
            @Nullable Measure before,
            @Nullable Measure after,
            @Nullable Long sourceRows,
            @Nullable Long loadedRows,
            List<String> findings,
            List<String> failures,
            List<Integer> exitCodes) {}
}
