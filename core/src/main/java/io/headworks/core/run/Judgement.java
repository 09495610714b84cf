package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides whether check results let data be published. */
final class Judgement {
    private final Tally tally;
    private final String dataset;
    private final @Nullable String overridden;

    Judgement(Tally tally, String dataset, @Nullable String overridden) {
        this.tally = tally;
        this.dataset = dataset;
        this.overridden = overridden;
    }

    /**
     * Remembers the results.
     *
     * @throws HeadworksException of kind GATE when one of them stops the run
     */
    void accept(List<CheckResult> results) {
        tally.checks(results);
        List<CheckResult> stopping = results.stream().filter(CheckResult::stops).toList();
        if (stopping.isEmpty()) {
            return;
        }
        String sentences = stopping.stream().map(Judgement::sentence).collect(Collectors.joining("; "));
        if (overridden != null) {
            tally.note("gate overridden (" + overridden + "): " + sentences);
            return;
        }
        throw new HeadworksException(
                FailureKind.GATE,
                "Cannot publish " + dataset + ": " + stopping.size()
                        + (stopping.size() == 1 ? " check failed: " : " checks failed: ") + sentences,
                "nothing was published. hw log " + tally.runId()
                        + " shows failing rows; correct the data or the check, or publish with --override-gate REASON");
    }

    /** True when the run is told to publish whatever stops it. */
    boolean isOverridden() {
        return overridden != null;
    }

    /** {@code what} did not apply, because the run was told so. */
    void overridden(String what) {
        tally.note(what + " overridden (" + overridden + ")");
    }

    static String sentence(CheckResult result) {
        String error = result.error();
        if (error != null) {
            return result.check().name() + " could not run: " + error;
        }
        String observed = result.observed();
        String rows = result.check().rule().isRowRule()
                ? result.failingRows() + " of " + result.rows() + " rows"
                : observed == null ? "failed" : "observed " + observed;
        return result.check().severity() + " " + result.check().name() + " (" + rows + ", allowed "
                + result.check().failAbove() + ")";
    }
}
