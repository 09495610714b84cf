package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.run.FailPoint;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.ledger.Positions;
import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunJournal;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunRecord.Failure;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.RunStatus;
import io.headworks.core.record.StageRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one run has come to so far; turned into its record whenever somebody asks. */
final class Tally {
    private final String runId;
    private final String pipeline;
    private final String dataset;
    private final String environment;
    private final RunSettings settings;
    private final RunGroup group;
    private final String definition;
    private final Clock clock;
    private final Instant startedAt;
    private final RunJournal journal;
    private final RunEvents events;
    private final UnaryOperator<CheckResult> shown;
    private final List<StageRecord> stages = new ArrayList<>();
    private final List<CheckResult> checks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Rows rows = Rows.NONE;
    private String stage = "observe";
    private @Nullable Plan plan;
    private @Nullable LedgerRow answered;
    private @Nullable LedgerRow ledger;
    private boolean partial;
    private @Nullable SourceDrift drift;

    /** @param shown what of a check's result is shown and kept */
    Tally(
            String runId,
            String pipeline,
            String dataset,
            String environment,
            RunSettings settings,
            RunGroup group,
            String definition,
            Clock clock,
            RunJournal journal,
            RunEvents events,
            UnaryOperator<CheckResult> shown) {
        this.runId = runId;
        this.pipeline = pipeline;
        this.dataset = dataset;
        this.environment = environment;
        this.settings = settings;
        this.group = group;
        this.definition = definition;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.journal = journal;
        this.events = events;
        this.shown = shown;
    }

    String runId() {
        return runId;
    }

    Instant startedAt() {
        return startedAt;
    }

    void begin() {
        events.started(runId, pipeline);
        journal.running(record(RunStatus.RUNNING, null, null, 0));
    }

    void planned(Plan decided) {
        plan = decided;
        notes.clear();
        notes.addAll(decided.notes());
        if (drift != null) {
            notes.addAll(drift.sentences());
        }
        events.planned(pipeline, decided);
    }

    /** Asked before the plan, which may refuse just that. */
    void drifted(SourceDrift found) {
        drift = found;
        notes.clear();
        notes.addAll(found.sentences());
    }

    void enter(String name) {
        stage = name;
        events.stageStarted(pipeline, name);
    }

    void done(StageRecord record) {
        stages.add(record);
        events.stageDone(pipeline, record);
    }

    /** Forgets a failed attempt, so that the record tells of the last one. */
    void reset() {
        stages.clear();
        checks.clear();
        rows = Rows.NONE;
    }

    void rows(Rows counted) {
        rows = counted;
    }

    Rows rows() {
        return rows;
    }

    void checks(List<CheckResult> results) {
        results.forEach(result -> checks.add(shown.apply(result)));
    }

    List<CheckResult> checks() {
        return List.copyOf(checks);
    }

    /** COMMIT returned; the row was not read back yet. */
    void answered(LedgerRow row) {
        answered = row;
    }

    /** The row as it was read back. */
    void committed(LedgerRow row) {
        ledger = row;
    }

    /** What this run committed; asked for after the load only. */
    LedgerRow ledger() {
        return Objects.requireNonNull(ledger);
    }

    boolean isCommitted() {
        return ledger != null;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** Something after COMMIT failed. */
    void partial(String why) {
        partial = true;
        notes.add(why);
    }

    RunRecord idle(String why) {
        return finish(record(RunStatus.SUCCESS, why, null, 0));
    }

    /** True when a load was committed that found every row as it was, so that nothing new was published. */
    boolean changedNothing() {
        LedgerRow row = ledger;
        return row != null
                && !partial
                && row.rowsInserted() + row.rowsUpdated() + row.rowsDeleted() + row.rowsRejected() == 0;
    }

    RunRecord published() {
        boolean verified = checks.stream()
                .anyMatch(result -> result.status() != CheckResult.Status.UNVERIFIED
                        && result.status() != CheckResult.Status.ERROR);
        RunStatus status = partial ? RunStatus.PARTIAL : verified ? RunStatus.SUCCESS : RunStatus.UNVERIFIED;
        FailPoint.K19.pass();
        RunRecord record = finish(record(status, null, null, partial ? 1 : 0));
        FailPoint.K20.pass();
        return record;
    }

    RunRecord failed(HeadworksException failure, boolean cancelled) {
        Failure why = failure("", failure);
        if (cancelled && ledger == null && answered != null) {
            // stopped before it could read back what COMMIT had confirmed
            takeFrom(answered);
        }
        RunStatus status = ledger != null ? RunStatus.PARTIAL : cancelled ? RunStatus.CANCELLED : RunStatus.FAILED;
        return finish(record(status, null, why, failure.kind().exitCode()));
    }

    private static Failure failure(String what, HeadworksException why) {
        return new Failure(
                why.kind().name().toLowerCase(Locale.ROOT),
                why.kind().owner().name().toLowerCase(Locale.ROOT),
                what + why.getMessage(),
                why.hint());
    }

    private void takeFrom(LedgerRow row) {
        ledger = row;
        rows = new Rows(
                rows.extracted(),
                rows.transformed(),
                row.rowsInserted(),
                row.rowsUpdated(),
                row.rowsUnchanged(),
                row.rowsDeleted(),
                row.rowsRejected());
    }

    private RunRecord finish(RunRecord record) {
        RunRecord told = record;
        try {
            journal.finished(record);
        } catch (HeadworksException forgetful) {
            told = unrecorded(record, forgetful);
        }
        events.finished(told);
        return told;
    }

    /** No run is a success that nobody remembers: what it came to is what the target's ledger says. */
    private RunRecord unrecorded(RunRecord record, HeadworksException why) {
        note("this run's end is not recorded (" + why.getMessage()
                + "): the target's ledger says what was committed, and the next run goes on from there");
        Failure failure = record.failure();
        return failure != null
                ? record(record.status(), record.idle(), failure, record.exitCode())
                : record(
                        ledger == null ? RunStatus.FAILED : RunStatus.PARTIAL,
                        null,
                        failure("Cannot record the run's end: ", why),
                        why.kind().exitCode());
    }

    private RunRecord record(RunStatus status, @Nullable String idle, @Nullable Failure failure, int exitCode) {
        Plan decided = plan;
        LedgerRow row = ledger;
        return new RunRecord(
                runId,
                pipeline,
                dataset,
                environment,
                status,
                stage,
                settings.trigger(),
                settings.request(),
                group,
                definition,
                startedAt,
                status.isFinal() ? clock.instant() : null,
                rows,
                stages,
                checks,
                idle,
                failure,
                exitCode,
                decided == null || decided.positionBefore() == null ? null : Positions.write(decided.positionBefore()),
                row == null ? null : row.positionAfter(),
                decided == null ? null : decided.guarantee().sentence(),
                decided == null ? null : decided.physical().key(),
                decided == null ? null : decided.hash(),
                notes,
                drift,
                row,
                ProcessHandle.current().pid());
    }
}
