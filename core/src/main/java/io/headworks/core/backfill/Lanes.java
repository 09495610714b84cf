package io.headworks.core.backfill;

import io.headworks.api.run.Cancellation;
import io.headworks.core.spec.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Datasets of a backfill, each after those it reads from, so many side by side. What reads a failed one is left out. */
final class Lanes {
    private final Graph graph;
    private final int parallel;
    private final Cancellation cancellation;

    Lanes(Graph graph, int parallel, Cancellation cancellation) {
        this.graph = graph;
        this.parallel = parallel;
        this.cancellation = cancellation;
    }

    /** @param work runs one part and answers its outcome */
    void run(List<Outcome> outcomes, Function<Outcome, Runnable> work) {
        Map<String, Outcome> waiting = new LinkedHashMap<>();
        outcomes.forEach(outcome -> waiting.put(outcome.part().pipeline(), outcome));
        Set<String> open = new LinkedHashSet<>(waiting.keySet());
        ExecutorService threads = Executors.newFixedThreadPool(parallel, task -> new Thread(task, "backfill"));
        try {
            ExecutorCompletionService<Outcome> queue = new ExecutorCompletionService<>(threads);
            while (!open.isEmpty()) {
                for (Outcome ready : ready(waiting, open)) {
                    waiting.remove(ready.part().pipeline());
                    queue.submit(work.apply(ready), ready);
                }
                Outcome ended = next(queue);
                open.remove(ended.part().pipeline());
                if (!ended.isWhole()) {
                    leaveOut(ended.part().pipeline(), waiting, open);
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private List<Outcome> ready(Map<String, Outcome> waiting, Set<String> open) {
        List<Outcome> ready = new ArrayList<>();
        for (Outcome outcome : waiting.values()) {
            if (graph.ancestors(outcome.part().pipeline()).stream().noneMatch(open::contains)) {
                ready.add(outcome);
            }
        }
        return ready;
    }

    private void leaveOut(String failed, Map<String, Outcome> waiting, Set<String> open) {
        for (String name : graph.descendants(failed)) {
            Outcome left = waiting.remove(name);
            if (left != null) {
                open.remove(name);
                if (!cancellation.requested()) {
                    left.failed("not begun: upstream " + failed + " is not whole", 1);
                }
            }
        }
    }

    private static Outcome next(ExecutorCompletionService<Outcome> queue) {
        try {
            return queue.take().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a backfill was under way", interrupted);
        } catch (ExecutionException defect) {
            throw new IllegalStateException(
                    "a part of a backfill ended without an outcome: " + defect.getCause(), defect);
        }
    }
}
