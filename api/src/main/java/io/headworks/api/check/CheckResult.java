package io.headworks.api.check;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param rows rows looked at
 * @param failingRows exact number of failing rows, for {@code unique} of those that repeat a key; 0 or 1 for a rule that
 *     judges the rows as a whole
 * @param observed what a set rule measured, as text
 * @param samples a few failing rows, each as JSON; empty when it passed
 * @param error why the check itself could not run
 * @param value the number that a rule measured, for those who compare it with later ones
 */
public record CheckResult(
        Check check,
        Status status,
        long rows,
        long failingRows,
        @Nullable String observed,
        List<String> samples,
        @Nullable String error,
        @Nullable BigDecimal value) {
    public enum Status {
        PASSED,
        WARNED,
        FAILED,
        /** Nothing was there to be checked. */
        UNVERIFIED,
        ERROR
    }

    public CheckResult {
        samples = List.copyOf(samples);
    }

    /** The verdict over rows that were counted, without samples; a check that had nothing to look at is never passed. */
    public static CheckResult counted(Check check, long rows, long failing) {
        Status status = failing == 0 && rows == 0 ? Status.UNVERIFIED : status(check, failing, rows);
        return new CheckResult(check, status, rows, failing, null, List.of(), null, null);
    }

    /** The verdict of a rule that judges the rows as a whole: it fails as 1 of 1. */
    public static CheckResult measured(Check check, long rows, boolean fails, @Nullable String observed) {
        long failing = fails ? 1 : 0;
        return new CheckResult(check, status(check, failing, 1), rows, failing, observed, List.of(), null, null);
    }

    /** Nothing could be said, and why. */
    public static CheckResult unverified(Check check, long rows, @Nullable String why) {
        return new CheckResult(check, Status.UNVERIFIED, rows, 0, why, List.of(), null, null);
    }

    /** The check itself could not run. */
    public static CheckResult error(Check check, long rows, String why) {
        return new CheckResult(check, Status.ERROR, rows, 0, null, List.of(), why, null);
    }

    /** The same with what was measured. */
    public CheckResult withValue(@Nullable BigDecimal measured) {
        return new CheckResult(check, status, rows, failingRows, observed, samples, error, measured);
    }

    /** The same with failing rows as JSON. */
    public CheckResult withSamples(List<String> failing) {
        return new CheckResult(check, status, rows, failingRows, observed, failing, error, value);
    }

    private static Status status(Check check, long failing, long rows) {
        if (failing == 0) {
            return Status.PASSED;
        } else if (check.failAbove().isExceededBy(failing, rows)) {
            return Status.FAILED;
        }
        return check.warnAbove().isExceededBy(failing, rows) ? Status.WARNED : Status.PASSED;
    }

    /** True when this result must keep the data from being published. */
    public boolean stops() {
        return check.onFail() != OnFail.RECORD && (status == Status.FAILED || status == Status.ERROR);
    }
}
