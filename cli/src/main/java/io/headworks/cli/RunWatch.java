package io.headworks.cli;

import io.headworks.api.engine.WorkProgress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one run while it is under way. Times are those of {@link System#nanoTime}, given by the caller. */
final class RunWatch {
    /** Below this an estimate jumps more than it tells. */
    private static final double SMALLEST_FRACTION = 0.02;

    private static final double SECONDS_BEFORE_AN_ESTIMATE = 1;

    private final String pipeline;
    private Supplier<WorkProgress> work = () -> WorkProgress.UNKNOWN;
    private String stage = "observe";
    private long stageSince;
    private long part;
    private long partSince;
    private @Nullable Long rows;
    private @Nullable Long bytes;

    RunWatch(String pipeline, long now) {
        this.pipeline = pipeline;
        this.stageSince = now;
        this.partSince = now;
    }

    /**
     * One look.
     *
     * @param fraction of the statement that runs; null when nobody knows
     * @param rowsPerSecond null when rows are not known
     * @param bytesPerSecond null when rows are known, or files are not what is read
     * @param secondsLeft of the statement that runs; null when it is too early to say
     */
    record Look(
            String pipeline,
            String stage,
            double seconds,
            @Nullable Double fraction,
            @Nullable Double rowsPerSecond,
            @Nullable Double bytesPerSecond,
            @Nullable Double secondsLeft) {}

    void asks(Supplier<WorkProgress> progress) {
        work = progress;
    }

    /** @param rowsToCome of the next stage; null when they are not known */
    void expects(@Nullable Long rowsToCome, @Nullable Long bytesToCome) {
        rows = rowsToCome;
        bytes = bytesToCome;
    }

    void enters(String name, long now) {
        stage = name;
        stageSince = now;
        partSince = now;
    }

    Look look(long now) {
        WorkProgress progress = work.get();
        if (progress.part() != part) {
            part = progress.part();
            partSince = now;
        }
        double partSeconds = seconds(now - partSince);
        Double fraction = fraction(progress);
        boolean early = fraction == null || fraction < SMALLEST_FRACTION || partSeconds < SECONDS_BEFORE_AN_ESTIMATE;
        Double rowsDone = progress.rows() != null ? Double.valueOf(progress.rows()) : of(fraction, rows);
        Double bytesDone = rowsDone == null ? of(fraction, bytes) : null;
        return new Look(
                pipeline,
                stage,
                seconds(now - stageSince),
                fraction,
                rate(rowsDone, partSeconds),
                rate(bytesDone, partSeconds),
                early || fraction == null ? null : partSeconds * (1 - fraction) / fraction);
    }

    private @Nullable Double fraction(WorkProgress progress) {
        if (progress.fraction() != null || progress.rows() == null || rows == null || rows == 0) {
            return progress.fraction();
        }
        return Math.min(1, (double) progress.rows() / rows);
    }

    private static @Nullable Double of(@Nullable Double fraction, @Nullable Long whole) {
        return fraction == null || whole == null ? null : fraction * whole;
    }

    private static @Nullable Double rate(@Nullable Double done, double seconds) {
        return done == null || seconds < SECONDS_BEFORE_AN_ESTIMATE ? null : done / seconds;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
