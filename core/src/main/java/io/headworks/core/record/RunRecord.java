package io.headworks.core.record;

import io.headworks.api.check.CheckResult;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.plan.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything worth keeping about one run. Written when it starts, and again when it ends, however it ends.
 *
 * @param stage where it is, or where it failed
 * @param trigger manual, schedule, retry of a run, backfill of an id, dry run or replay
 * @param definition the hash of what makes the rows, the same for each slice
 * @param idle why there was nothing to do; null when there was something
 * @param exitCode of this run alone
 * @param drift how the source differs from what the last load read; null when it does not, or nobody knows
 * @param ledger the committed row; null when nothing was published
 * @param pid of the process that runs it, so that the next start can tell a killed run
 */
public record RunRecord(
        String runId,
        String pipeline,
        String dataset,
        String environment,
        RunStatus status,
        String stage,
        String trigger,
        Request request,
        RunGroup group,
        String definition,
        Instant startedAt,
        @Nullable Instant completedAt,
        Rows rows,
        List<StageRecord> stages,
        List<CheckResult> checks,
        @Nullable String idle,
        @Nullable Failure failure,
        int exitCode,
        @Nullable String watermarkBefore,
        @Nullable String watermarkAfter,
        @Nullable String guarantee,
        @Nullable String physicalPlan,
        @Nullable String planHash,
        List<String> notes,
        @Nullable SourceDrift drift,
        @Nullable LedgerRow ledger,
        long pid) {
    public RunRecord {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
    }

    /** The row accounting of a run. {@code loaded = inserted + updated}. */
    public record Rows(
            long extracted,
            long transformed,
            long inserted,
            long updated,
            long unchanged,
            long deleted,
            long rejected) {
        public static final Rows NONE = new Rows(0, 0, 0, 0, 0, 0, 0);

        public long loaded() {
            return inserted + updated;
        }
    }

    /** Why a run failed. */
    public record Failure(
            String code,
            String owner,
            String message,
            @Nullable String hint) {}

    public @Nullable Duration duration() {
        return completedAt == null ? null : Duration.between(startedAt, completedAt);
    }

    public long checksPassed() {
        return checks.stream()
                .filter(check -> check.status() == CheckResult.Status.PASSED)
                .count();
    }

    public long checksFailed() {
        return checks.stream()
                .filter(check ->
                        check.status() == CheckResult.Status.FAILED || check.status() == CheckResult.Status.ERROR)
                .count();
    }
}
