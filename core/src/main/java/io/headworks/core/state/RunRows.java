package io.headworks.core.state;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of runs, as the state keeps them. */
final class RunRows {
    private static final List<String> KEY = List.of("run_id");
    private static final List<String> OTHERS = List.of(
            "pipeline",
            "dataset",
            "environment",
            "status",
            "started_at",
            "completed_at",
            "exit_code",
            "pid",
            "process_started_at",
            "document",
            "host",
            "machine");
    private static final String LEASE = "lease_until";

    /** A beginning that a lost session brings late must not undo the end. */
    private static final String UNLESS_OVER =
            " where excluded.status not in ('queued', 'running') or run.status in ('queued', 'running')";

    /** All columns. */
    static final List<String> COLUMNS =
            Stream.of(KEY, OTHERS, List.of(LEASE)).flatMap(List::stream).toList();

    private RunRows() {}

    /** What is known of a run. */
    record Row(
            String runId,
            String pipeline,
            String dataset,
            String environment,
            String status,
            String startedAt,
            @Nullable String completedAt,
            long exitCode,
            RunProcess process,
            String document) {}

    /** Keeps it in place of what was kept of the run; a run of this machine, whose lease begins anew. */
    static void write(StateDatabase state, Row row) {
        state.update(
                Upsert.into("run", KEY, OTHERS, List.of(new Upsert.Computed(LEASE, RunLease.until(state.home()))))
                        + UNLESS_OVER,
                row.runId(),
                row.pipeline(),
                row.dataset(),
                row.environment(),
                row.status(),
                row.startedAt(),
                row.completedAt(),
                row.exitCode(),
                row.process().pid(),
                row.process().startedAt(),
                row.document(),
                state.machine().host(),
                state.machine().id());
    }
}
