package io.headworks.cli;

import io.headworks.api.check.CheckResult;
import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.RunStatus;
import io.headworks.core.record.StageRecord;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.RunSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Shows runs as lines: progress on standard error, results on standard output. */
final class RunLines implements RunEvents {
    private final Console console;

    RunLines(Console console) {
        this.console = console;
    }

    @Override
    public void planned(String pipeline, Plan plan) {
        console.note(pipeline + ": " + plan.physical().key() + " plan (" + plan.physicalReason() + ")");
    }

    @Override
    public void stageDone(String pipeline, StageRecord stage) {
        String rows = stage.rowsOut() == null ? "" : String.format(Locale.ROOT, " %,d rows", stage.rowsOut());
        String rejected = stage.rejected() == 0 ? "" : String.format(Locale.ROOT, ", %,d rejected", stage.rejected());
        String dropped = stage.dropped() == 0 ? "" : String.format(Locale.ROOT, ", %,d dropped", stage.dropped());
        console.note(pipeline + ": " + stage.name() + " (" + stage.detail() + ")" + rows + rejected + dropped
                + String.format(Locale.ROOT, " in %.2f s", stage.seconds()));
    }

    @Override
    public void waiting(String pipeline, String who) {
        console.note(pipeline + ": waiting for a slice of " + who);
    }

    @Override
    public void retrying(String pipeline, int attempt, String why, Duration delay) {
        console.note(
                pipeline + ": attempt " + attempt + " failed, trying again in " + delay.toSeconds() + " s: " + why);
    }

    @Override
    public void finished(RunRecord run) {
        for (CheckResult result : run.checks()) {
            if (result.status() != CheckResult.Status.PASSED) {
                console.line(run.pipeline() + " " + result.status().name().toLowerCase(Locale.ROOT) + " "
                        + result.check().severity() + " " + result.check().name() + ": " + looked(result)
                        + (result.observed() == null ? "" : ", observed " + result.observed())
                        + (result.error() == null ? "" : ", " + result.error()));
            }
        }
        run.notes().forEach(note -> console.note(run.pipeline() + ": " + note));
        console.line(summary(run, console.colour()) + "; run " + run.runId());
        if (run.failure() != null) {
            console.line("  " + run.failure().message());
            if (run.failure().hint() != null) {
                console.line("  " + run.failure().hint());
            }
        }
    }

    private static String looked(CheckResult result) {
        return result.status() == CheckResult.Status.UNVERIFIED && result.rows() == 0
                ? "no row to look at"
                : result.failingRows() + " of " + result.rows() + " rows";
    }

    /** One line for several pipelines, so that one that failed does not hide among the others. */
    static Optional<String> total(GraphRun.Outcome outcome, int refused) {
        int skipped = outcome.skipped().size() + refused;
        if (outcome.records().size() + skipped < 2) {
            return Optional.empty();
        }
        Map<String, Long> counts = new TreeMap<>();
        outcome.records().forEach(run -> counts.merge(run.status().key(), 1L, Long::sum));
        StringJoiner parts = new StringJoiner(", ");
        for (RunStatus status : RunStatus.values()) {
            Long count = counts.get(status.key());
            if (count != null) {
                parts.add(count + " " + status.key());
            }
        }
        if (skipped > 0) {
            parts.add(skipped + " skipped");
        }
        return Optional.of(outcome.records().size() + skipped + " pipelines: " + parts);
    }

    /** One line for a run that ended. */
    static String summary(RunRecord run, Colour colour) {
        boolean dry = run.trigger().equals(RunSettings.DRY_RUN);
        String head = run.pipeline()
                + (dry ? " dry run " : " ")
                + colour.status(run.status().key());
        if (run.idle() != null) {
            return head + ": nothing to do (" + run.idle() + ")";
        }
        Rows rows = run.rows();
        StringBuilder text = new StringBuilder(head).append(": ");
        append(text, rows.extracted(), "read");
        if (dry && run.status().isPublished()) {
            text.append(String.format(Locale.ROOT, "%,d would go into %s, ", rows.transformed(), run.dataset()));
        }
        append(text, rows.inserted(), "inserted");
        append(text, rows.updated(), "updated");
        append(text, rows.unchanged(), "unchanged");
        append(text, rows.deleted(), "deleted");
        append(text, rows.rejected(), "rejected");
        text.append(run.checksPassed()).append(run.checksPassed() == 1 ? " check passed" : " checks passed");
        long warned = run.checks().stream()
                .filter(check -> check.status() == CheckResult.Status.WARNED)
                .count();
        if (warned > 0) {
            text.append(", ").append(warned).append(" warned");
        }
        if (run.checksFailed() > 0) {
            text.append(", ").append(run.checksFailed()).append(" failed");
            text.append(run.status() == RunStatus.SUCCESS ? " and recorded" : "");
        }
        Duration duration = run.duration();
        if (duration != null) {
            text.append(String.format(Locale.ROOT, "; %.2f s", duration.toMillis() / 1000.0));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long rows, String what) {
        if (rows > 0) {
            text.append(String.format(Locale.ROOT, "%,d %s, ", rows, what));
        }
    }
}
