package io.headworks.testkit.state;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs, ledger rows and check results to remember. */
public final class Remembered {
    public static final Instant DAY = Instant.parse("2026-03-01T10:00:00Z");
    public static final String PROJECT = "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10";

    private Remembered() {}

    /** Ids sort in the order of their numbers. */
    public static String id(int number) {
        return String.format("0192f3c4-%04x-7b1a-9f3e-2f6f1f1f9a10", number);
    }

    public static RunRecord run(int number, String pipeline, RunStatus status) {
        return run(number, pipeline, status, null, List.of(), List.of());
    }

    public static RunRecord committed(int number, String pipeline, long inserted) {
        return run(number, pipeline, RunStatus.SUCCESS, ledger(number, pipeline, inserted), List.of(), List.of());
    }

    /** A run of a slice. */
    public static RunRecord slice(
            int number, String pipeline, RunStatus status, Request request, @Nullable LedgerRow ledger) {
        return run(number, pipeline, status, "manual", request, ledger, List.of(), List.of());
    }

    /** A run of a backfill that is under way. */
    public static RunRecord backfilled(int number, String pipeline) {
        return run(
                number,
                pipeline,
                RunStatus.RUNNING,
                "backfill " + id(0),
                new Request("2024-01-01", "2024-01-02", false),
                null,
                List.of(),
                List.of());
    }

    public static RunRecord run(
            int number,
            String pipeline,
            RunStatus status,
            @Nullable LedgerRow ledger,
            List<CheckResult> checks,
            List<String> notes) {
        return run(number, pipeline, status, "manual", Request.LIVE, ledger, checks, notes);
    }

    private static RunRecord run(
            int number,
            String pipeline,
            RunStatus status,
            String trigger,
            Request request,
            @Nullable LedgerRow ledger,
            List<CheckResult> checks,
            List<String> notes) {
        Instant started = DAY.plusSeconds(number);
        return new RunRecord(
                id(number),
                pipeline,
                "warehouse:" + pipeline,
                "default",
                status,
                "load",
                trigger,
                request,
                new RunGroup("0192f3c4-0000-7b1a-9f3e-2f6f1f1f9a10", List.of(pipeline)),
                "definition",
                started,
                status.isFinal() ? started.plusSeconds(5) : null,
                RunRecord.Rows.NONE,
                List.of(),
                checks,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                notes,
                null,
                ledger,
                ProcessHandle.current().pid());
    }

    public static LedgerKey key(String pipeline) {
        return new LedgerKey(PROJECT, "default", "", pipeline, "warehouse:" + pipeline);
    }

    public static LedgerRow ledger(int number, String pipeline, long inserted) {
        return ledger(number, pipeline, inserted, null, null);
    }

    public static LedgerRow ledger(
            int number, String pipeline, long inserted, @Nullable String from, @Nullable String to) {
        return new LedgerRow(
                LedgerRow.VERSION,
                key(pipeline),
                id(number),
                number,
                1,
                from == null ? "live" : "slice",
                from,
                to,
                number,
                null,
                "{\"at\":" + number + "}",
                "source",
                "schema",
                "plan",
                inserted,
                0,
                0,
                0,
                0,
                "none",
                "",
                "test",
                DAY.plusSeconds(number + 3));
    }

    public static CheckResult failed(String name, Severity severity) {
        return CheckResult.counted(check(name, severity), 10, 3);
    }

    public static Check check(String name, Severity severity) {
        Threshold none = new Threshold(BigDecimal.ZERO, false);
        return new Check(
                name,
                new Rule.NotNull(List.of("id")),
                severity,
                none,
                none,
                null,
                Scope.BATCH,
                Dimension.COMPLETENESS,
                OnFail.STOP,
                null);
    }
}
