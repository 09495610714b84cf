package io.headworks.cli;

import io.headworks.api.check.CheckResult;
import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.StageRecord;
import io.headworks.core.run.RunEvents;
import java.time.Duration;
import java.util.Locale;

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
    public void retrying(String pipeline, int attempt, String why, Duration delay) {
        console.note(pipeline + ": attempt " + attempt + " failed, trying again in " + delay.toSeconds() + " s: " + why);
    }

    @Override
    public void finished(RunRecord run) {
        for (CheckResult result : run.checks()) {
            if (result.status() != CheckResult.Status.PASSED) {
                console.line(run.pipeline() + " " + result.status().name().toLowerCase(Locale.ROOT) + " "
                        + result.check().severity() + " " + result.check().name() + ": " + result.failingRows() + " of "
                        + result.rows() + " rows"
                        + (result.observed() == null ? "" : ", observed " + result.observed())
                        + (result.error() == null ? "" : ", " + result.error()));
            }
        }
        run.notes().forEach(note -> console.note(run.pipeline() + ": " + note));
        console.line(summary(run));
        if (run.failure() != null) {
            console.line("  " + run.failure().message());
            if (run.failure().hint() != null) {
                console.line("  " + run.failure().hint());
            }
        }
    }

    private static String summary(RunRecord run) {
        String head = run.pipeline() + " " + run.status().key();
        if (run.idle() != null) {
            return head + ": nothing to do (" + run.idle() + ")";
        }
        Rows rows = run.rows();
        return head
                + String.format(
                        Locale.ROOT,
                        ": %,d read, %,d inserted, %,d updated, %,d unchanged, %,d deleted, %,d rejected; %d checks passed",
                        rows.extracted(),
                        rows.inserted(),
                        rows.updated(),
                        rows.unchanged(),
                        rows.deleted(),
                        rows.rejected(),
                        run.checksPassed())
                + "; run " + run.runId();
    }
}
