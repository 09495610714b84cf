package io.headworks.core.run;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Severity;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.gate.AnomalyVerdict;
import io.headworks.core.gate.BatchGate;
import io.headworks.core.gate.VolumeChange;
import io.headworks.core.record.VolumeHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Checks that look beyond the load: at the whole table as published, and at what earlier runs brought. */
final class AfterCommit {
    private final EngineSession engine;
    private final VolumeHistory volumes;
    private final LedgerKey key;
    private final String runId;
    private final Instant now;

    AfterCommit(EngineSession engine, VolumeHistory volumes, LedgerKey key, String runId, Instant now) {
        this.engine = engine;
        this.volumes = volumes;
        this.key = key;
        this.runId = runId;
        this.now = now;
    }

    /**
     * The results in the order of the checks.
     *
     * @param ledger what was committed
     * @param table opened only when a check reads it
     */
    List<CheckResult> run(List<Check> checks, LedgerRow ledger, Supplier<Relation> table) {
        List<Check> ofTable =
                checks.stream().filter(check -> !VolumeChange.isPerRun(check)).toList();
        List<CheckResult> counted = new ArrayList<>();
        if (!ofTable.isEmpty()) {
            Relation rows = table.get();
            counted.addAll(engine.check(new CheckScope(rows, rows, now, BatchGate.SAMPLE_ROWS), ofTable));
        }
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            results.add(VolumeChange.isPerRun(check) ? ofRun(check, ledger) : judged(counted.remove(0)));
        }
        return results;
    }

    /** A slice or a replay brings another number by its nature: it is compared with nothing. */
    private CheckResult ofRun(Check check, LedgerRow ledger) {
        long rows = ledger.rowsInserted() + ledger.rowsUpdated() + ledger.rowsUnchanged();
        if (!ledger.kind().equals("live")) {
            String why = rows + " rows of a " + ledger.kind() + " run, which is not compared";
            return CheckResult.unverified(check, rows, why);
        }
        return VolumeChange.judge(check, rows, volumes.rowsOfRuns(key, runId, since(check)));
    }

    private CheckResult judged(CheckResult result) {
        if (result.check().rule() instanceof Rule.Anomaly anomaly) {
            List<MeasuredBefore> earlier = volumes.measured(
                    key.environment(), key.dataset(), result.check().name(), now.minus(anomaly.against()));
            return AnomalyVerdict.judge(result, now, earlier);
        }
        if (!VolumeChange.isOne(result.check()) || result.status() == CheckResult.Status.ERROR) {
            return result;
        }
        List<Long> earlier =
                volumes.counts(key.environment(), key.dataset(), result.check().name(), since(result.check()));
        return VolumeChange.judge(result.check(), result.rows(), earlier);
    }

    private Instant since(Check check) {
        Duration against = Objects.requireNonNull(((Rule.Volume) check.rule()).against());
        return now.minus(against);
    }

    /** A failing P0 or P1: the data is published, and somebody must look. */
    static boolean isIncident(CheckResult result) {
        boolean failed = result.status() == CheckResult.Status.FAILED || result.status() == CheckResult.Status.ERROR;
        return failed && result.check().severity().compareTo(Severity.P1) <= 0;
    }
}
