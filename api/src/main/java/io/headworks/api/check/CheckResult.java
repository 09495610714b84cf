package io.headworks.api.check;

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
 */
public record CheckResult(
        Check check,
        Status status,
        long rows,
        long failingRows,
        @Nullable String observed,
        List<String> samples,
        @Nullable String error) {
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

    /** True when this result must keep the data from being published. */
    public boolean stops() {
        return check.onFail() != OnFail.RECORD && (status == Status.FAILED || status == Status.ERROR);
    }
}
