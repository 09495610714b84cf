package io.headworks.cli;

import io.headworks.api.engine.WorkProgress;
import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.StageRecord;
import io.headworks.core.run.RunEvents;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows runs that are under way. On a terminal each has a bar with its stage, speed and time left, below the lines of
 * the events; elsewhere a long stage says now and then, ever more rarely, how far it has come.
 */
final class Progress implements RunEvents, AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration FIRST_SENTENCE = Duration.ofSeconds(10);
    private static final Duration RAREST_SENTENCE = Duration.ofMinutes(5);

    private final Console console;
    private final RunEvents lines;
    private final Map<String, RunWatch> runs = new LinkedHashMap<>();
    private final Map<String, Long> nextSentence = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private int drawn;

    private Progress(Console console, RunEvents lines) {
        this.console = console;
        this.lines = lines;
    }

    /** @param lines what is said of the events themselves */
    static Progress on(Console console, RunEvents lines) {
        Progress progress = new Progress(console, lines);
        if (!console.isQuiet()) {
            progress.ticker.scheduleAtFixedRate(
                    () -> progress.tick(System.nanoTime()),
                    REDRAW.toMillis(),
                    REDRAW.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    static Progress on(Console console) {
        return on(console, new RunLines(console));
    }

    private RunWatch watch(String pipeline) {
        return runs.computeIfAbsent(pipeline, name -> new RunWatch(name, System.nanoTime()));
    }

    @Override
    public synchronized void working(String pipeline, Supplier<WorkProgress> progress) {
        watch(pipeline).asks(progress);
    }

    @Override
    public synchronized void waiting(String pipeline, String who) {
        clear();
        lines.waiting(pipeline, who);
    }

    @Override
    public synchronized void planned(String pipeline, Plan plan) {
        clear();
        watch(pipeline).expects(plan.expectedRows(), plan.expectedBytes());
        lines.planned(pipeline, plan);
    }

    @Override
    public synchronized void stageStarted(String pipeline, String stage) {
        long now = System.nanoTime();
        watch(pipeline).enters(stage, now);
        nextSentence.put(pipeline, now + FIRST_SENTENCE.toNanos());
        lines.stageStarted(pipeline, stage);
    }

    @Override
    public synchronized void stageDone(String pipeline, StageRecord stage) {
        clear();
        watch(pipeline).expects(stage.rowsOut(), null);
        lines.stageDone(pipeline, stage);
    }

    @Override
    public synchronized void retrying(String pipeline, int attempt, String why, Duration delay) {
        clear();
        watch(pipeline).asks(() -> WorkProgress.UNKNOWN);
        lines.retrying(pipeline, attempt, why, delay);
    }

    @Override
    public synchronized void finished(RunRecord run) {
        clear();
        runs.remove(run.pipeline());
        nextSentence.remove(run.pipeline());
        lines.finished(run);
    }

    /** Shows how all stand now. */
    synchronized void tick(long now) {
        if (console.isWatched()) {
            List<String> bars = runs.values().stream()
                    .map(run -> ProgressText.bar(run.look(now)))
                    .toList();
            console.draw(bars, drawn);
            drawn = bars.size();
        } else {
            runs.forEach((pipeline, run) -> say(pipeline, run.look(now), now));
        }
    }

    private void say(String pipeline, RunWatch.Look look, long now) {
        @Nullable Long due = nextSentence.get(pipeline);
        if (due != null && now >= due) {
            console.note(ProgressText.sentence(look));
            double seconds = Math.min(look.seconds(), RAREST_SENTENCE.toSeconds());
            nextSentence.put(pipeline, now + (long) (seconds * 1e9));
        }
    }

    private void clear() {
        console.draw(List.of(), drawn);
        drawn = 0;
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        clear();
    }
}
