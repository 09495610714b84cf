package io.headworks.cli;

import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.StageRecord;
import io.headworks.core.run.RunEvents;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that changes while runs are under way: each with its stage, for how long, and the rows per
 * second of the stage before. Lines of {@link RunLines} go above it.
 */
final class Progress implements RunEvents, AutoCloseable {
    private static final long REDRAW_MILLIS = 200;

    private final Console console;
    private final RunLines lines;
    private final Map<String, Under> under = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private record Under(String stage, long since, @Nullable Long expected, String speed) {}

    private Progress(Console console) {
        this.console = console;
        this.lines = new RunLines(console);
        if (console.isWatched()) {
            ticker.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    static Progress on(Console console) {
        return new Progress(console);
    }

    @Override
    public synchronized void planned(String pipeline, Plan plan) {
        clear();
        under.put(pipeline, new Under("plan", System.nanoTime(), plan.expectedRows(), ""));
        lines.planned(pipeline, plan);
    }

    @Override
    public synchronized void stageStarted(String pipeline, String stage) {
        Under before = under.get(pipeline);
        under.put(
                pipeline,
                new Under(
                        stage,
                        System.nanoTime(),
                        before == null ? null : before.expected(),
                        before == null ? "" : before.speed()));
    }

    @Override
    public synchronized void stageDone(String pipeline, StageRecord stage) {
        clear();
        Under before = under.get(pipeline);
        if (before != null && stage.rowsOut() != null && stage.seconds() > 0.05) {
            String speed = String.format(Locale.ROOT, ", %,.0f rows/s", stage.rowsOut() / stage.seconds());
            under.put(pipeline, new Under(before.stage(), before.since(), stage.rowsOut(), speed));
        }
        lines.stageDone(pipeline, stage);
    }

    @Override
    public synchronized void retrying(String pipeline, int attempt, String why, Duration delay) {
        clear();
        lines.retrying(pipeline, attempt, why, delay);
    }

    @Override
    public synchronized void finished(RunRecord run) {
        clear();
        under.remove(run.pipeline());
        lines.finished(run);
    }

    private synchronized void draw() {
        if (!under.isEmpty()) {
            console.overwrite(under.entrySet().stream()
                    .map(entry -> text(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining("   ")));
        }
    }

    private static String text(String pipeline, Under run) {
        String rows = run.expected() == null ? "" : String.format(Locale.ROOT, ", %,d rows", run.expected());
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - run.since());
        return pipeline + ": " + run.stage() + " " + seconds + " s" + rows + run.speed();
    }

    private void clear() {
        if (console.isWatched()) {
            console.overwrite("");
        }
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        clear();
    }
}
