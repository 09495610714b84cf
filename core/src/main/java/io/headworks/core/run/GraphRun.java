package io.headworks.core.run;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunRecord;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several pipelines in the order of their datasets, independent ones side by side. A failed one stops only what depends
 * on it.
 */
public final class GraphRun {
    private static final int MOMENT_MILLIS = 50;

    private final RunContext context;
    private final Function<PipelineSpec, RunSettings> settings;
    private final int parallel;

    public GraphRun(RunContext context, Function<PipelineSpec, RunSettings> settings, int parallel) {
        this.context = context;
        this.settings = settings;
        this.parallel = parallel;
    }

    /**
     * What came of it.
     *
     * @param records in the order in which runs ended
     * @param skipped pipelines that never started, with the upstream that failed (or why)
     */
    public record Outcome(List<RunRecord> records, Map<String, String> skipped) {}

    /** Runs the chosen pipelines. */
    public Outcome run(Collection<PipelineSpec> chosen) {
        Map<String, PipelineSpec> waiting = new LinkedHashMap<>();
        chosen.forEach(pipeline -> waiting.put(pipeline.name(), pipeline));
        List<RunRecord> records = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        Set<String> running = new LinkedHashSet<>();
        RunGroup group = new RunGroup(
                RunIds.next(context.clock().instant()),
                List.copyOf(waiting.keySet()),
                context.project().shownVariables());
        TargetLocks locks =
                new TargetLocks(waiting.size() > 1 ? context.engine().keepFiles() : () -> {});
        KeptSources sources = new KeptSources();
        ExecutorService threads = Executors.newFixedThreadPool(parallel, task -> new Thread(task, "run"));
        try {
            ExecutorCompletionService<RunRecord> queue = new ExecutorCompletionService<>(threads);
            while (!waiting.isEmpty() || !running.isEmpty()) {
                start(
                        waiting,
                        running,
                        pipeline -> queue.submit(() -> new PipelineRun(
                                        context, locks, sources, group, pipeline, settings.apply(pipeline))
                                .run()));
                if (running.isEmpty()) {
                    break;
                }
                RunRecord ended = next(queue, locks);
                running.remove(ended.pipeline());
                records.add(ended);
                if (!letsOthersGoOn(ended)) {
                    skip(ended.pipeline(), waiting, skipped);
                }
                if (context.cancellation().requested()) {
                    waiting.keySet().forEach(name -> skipped.put(name, "cancelled"));
                    waiting.clear();
                }
            }
        } finally {
            threads.shutdown();
            try (locks) {
                sources.close();
            }
        }
        return new Outcome(records, skipped);
    }

    private void start(Map<String, PipelineSpec> waiting, Set<String> running, Consumer<PipelineSpec> begin) {
        for (PipelineSpec pipeline : List.copyOf(waiting.values())) {
            Graph.@Nullable Node node = context.project().graph().nodes().get(pipeline.name());
            Set<String> before =
                    node == null ? Set.of() : context.project().graph().ancestors(pipeline.name());
            boolean free = before.stream().noneMatch(name -> waiting.containsKey(name) || running.contains(name));
            if (free) {
                waiting.remove(pipeline.name());
                running.add(pipeline.name());
                begin.accept(pipeline);
            }
        }
    }

    private boolean letsOthersGoOn(RunRecord record) {
        boolean alerting = context.project()
                .pipeline(record.pipeline())
                .map(pipeline -> pipeline.errorHandling().skipsAndAlerts())
                .orElse(false);
        return record.status().isPublished() || alerting;
    }

    private void skip(String failed, Map<String, PipelineSpec> waiting, Map<String, String> skipped) {
        for (String name : context.project().graph().order()) {
            if (waiting.containsKey(name)
                    && context.project().graph().ancestors(name).contains(failed)) {
                waiting.remove(name);
                skipped.put(name, "upstream " + failed + " did not publish");
            }
        }
    }

    /** Files that runs have left, and that no other wants within a moment, are closed meanwhile. */
    private static RunRecord next(ExecutorCompletionService<RunRecord> queue, TargetLocks locks) {
        try {
            Future<RunRecord> ended;
            while ((ended = queue.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS)) == null) {
                locks.closeUnused();
            }
            return ended.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runs were under way", interrupted);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a run ended without a record: " + defect.getCause(), defect);
        }
    }
}
