package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.core.reject.HiddenValues;
import io.headworks.core.run.LookAhead;
import io.headworks.core.spec.PipelineSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that were refused, as they stand in the targets. */
public final class DeadLetters {
    private final Workbench bench;

    public DeadLetters(Workbench bench) {
        this.bench = bench;
    }

    /** Of these pipelines, newest first. */
    public List<DeadLetter> list(Collection<PipelineSpec> pipelines, boolean resolvedToo, int limit) {
        List<DeadLetter> all = new ArrayList<>();
        try (Workbench.Session session = bench.open()) {
            for (PipelineSpec pipeline : pipelines) {
                all.addAll(session.connections()
                        .target(pipeline.connection())
                        .deadLetters(LookAhead.key(bench.project(), pipeline), resolvedToo, limit));
            }
        }
        all.sort(Comparator.comparing(DeadLetter::rejectedAt).reversed().thenComparing(DeadLetter::id));
        return all.size() > limit ? all.subList(0, limit) : all;
    }

    /** The one whose id begins so. */
    public DeadLetter byId(Collection<PipelineSpec> pipelines, String prefix) {
        List<DeadLetter> found = list(pipelines, true, Integer.MAX_VALUE).stream()
                .filter(letter -> letter.id().startsWith(prefix))
                .toList();
        if (found.size() != 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot show dead letter '" + prefix + "': "
                            + (found.isEmpty() ? "none begins so" : found.size() + " begin so"),
                    "hw deadletter list shows their ids");
        }
        return found.get(0);
    }

    /**
     * Removes those of pipelines that were rejected before then, resolved or not.
     *
     * @return how many, by pipeline
     */
    public Map<String, Long> purge(Collection<PipelineSpec> pipelines, Instant before) {
        Map<String, Long> removed = new LinkedHashMap<>();
        try (Workbench.Session session = bench.open()) {
            for (PipelineSpec pipeline : pipelines) {
                removed.put(
                        pipeline.name(),
                        session.connections()
                                .target(pipeline.connection())
                                .expireDeadLetters(LookAhead.key(bench.project(), pipeline), before));
            }
        }
        return removed;
    }

    /** What of a pipeline's letters is not shown. */
    public HiddenValues hidden(DeadLetter letter) {
        return bench.project()
                .pipeline(letter.pipeline())
                .map(pipeline -> HiddenValues.of(bench.project(), pipeline))
                .orElse(HiddenValues.NONE);
    }

    /** A dead letter as a public document. */
    public static Map<String, @Nullable Object> document(DeadLetter letter) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", letter.id());
        tree.put("pipeline", letter.pipeline());
        tree.put("dataset", letter.dataset());
        tree.put("run_id", letter.runId());
        tree.put("rejected_at", text(letter.rejectedAt()));
        tree.put("stage", letter.stage());
        tree.put("code", letter.code());
        tree.put("rule", letter.rule());
        tree.put("reason", letter.reason());
        tree.put("source", letter.source());
        tree.put("line", letter.line());
        tree.put("byte_offset", letter.byteOffset());
        tree.put("column", letter.column());
        tree.put("payload", letter.payload());
        tree.put("raw", letter.raw());
        tree.put("resolved_run_id", letter.resolvedRunId());
        return tree;
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
