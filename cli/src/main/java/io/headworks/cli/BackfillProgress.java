package io.headworks.cli;

import io.headworks.core.backfill.BackfillEvents;
import io.headworks.core.record.RunRecord;
import java.util.List;
import java.util.Locale;

/** Shows a backfill under way: a line for each slice on standard error, and a bar below them on a terminal. */
final class BackfillProgress implements BackfillEvents, AutoCloseable {
    private static final int CELLS = 20;

    private final Console console;
    private final long begun = System.nanoTime();
    private int first = -1;
    private int drawn;

    BackfillProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void started(String id) {
        console.note("backfill " + id + " (hw backfill resume " + id + " goes on if it is stopped)");
    }

    @Override
    public synchronized void waiting(String pipeline, String why) {
        clear();
        console.note(pipeline + ": waiting: " + why);
    }

    @Override
    public synchronized void ran(RunRecord run, String slice, int done, int all) {
        if (first < 0) {
            first = run.status().isPublished() ? done - 1 : done;
        }
        clear();
        console.note((slice.isEmpty() ? "" : slice + ": ")
                + RunLines.summary(run, Colour.NONE)
                + (run.failure() == null ? "" : ": " + run.failure().message()));
        if (console.isWatched() && all > 0) {
            console.draw(List.of(bar(done, all)), drawn);
            drawn = 1;
        }
    }

    /** {@code 37 of 90 runs  ████░░░░  41 %  12 s left}. */
    private String bar(int done, int all) {
        int full = done * CELLS / all;
        double seconds = (System.nanoTime() - begun) / 1e9;
        String left = done == first
                ? ""
                : String.format(Locale.ROOT, "  %.0f s left", Math.ceil(seconds / (done - first) * (all - done)));
        return String.format(
                Locale.ROOT,
                "%,d of %,d runs  %s%s %3d %%%s",
                done,
                all,
                "█".repeat(full),
                "░".repeat(CELLS - full),
                100L * done / all,
                left);
    }

    private void clear() {
        console.draw(List.of(), drawn);
        drawn = 0;
    }

    @Override
    public synchronized void close() {
        clear();
    }
}
