package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.contract.PersonalColumns;
import io.headworks.core.gate.AnomalyVerdict;
import io.headworks.core.gate.VolumeChange;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.secret.Masker;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.InlineChecks;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.IncidentStore;
import io.headworks.core.state.StateDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a look between runs found against what was found before, and keeps it, so that the next look has something
 * to compare with. Volumes of runs are those of the newest run of the pipeline that writes the table.
 */
final class ChecksSeen {
    private final StateDatabase state;
    private final CheckHistory history;
    private final Project project;
    private final Masker masker;
    private final Instant now;

    ChecksSeen(StateDatabase state, Project project, Masker masker, Instant now) {
        this.state = state;
        this.history = new CheckHistory(state);
        this.project = project;
        this.masker = masker;
        this.now = now;
    }

    /** The results, all judged and kept. */
    List<CheckResult> judge(CheckFile file, List<CheckResult> found) {
        DatasetName table = file.table();
        PersonalColumns personal = PersonalColumns.of(project, table);
        List<CheckResult> judged = found.stream()
                .map(result -> personal.hidden(judged(table, result)))
                .toList();
        IncidentStore store = new IncidentStore(state);
        if (InlineChecks.isOne(file.place())) {
            store.keepAnswers(seen(table), judged, masker::mask);
        } else {
            store.keep(seen(table), judged, masker::mask);
        }
        return judged;
    }

    private IncidentStore.Seen seen(DatasetName table) {
        String producer = project.producer(table).map(PipelineSpec::name).orElse("");
        String environment = project.environment().name();
        return new IncidentStore.Seen(RunIds.next(now), environment, producer, table.toString(), now);
    }

    private CheckResult judged(DatasetName table, CheckResult found) {
        Check check = found.check();
        if (found.status() == Status.ERROR) {
            return found;
        } else if (check.rule() instanceof Rule.Anomaly anomaly) {
            return AnomalyVerdict.judge(
                    found,
                    now,
                    history.measured(
                            project.environment().name(),
                            table.toString(),
                            check.name(),
                            now.minus(anomaly.against())));
        } else if (check.rule() instanceof Rule.Volume volume && volume.perRun()) {
            return ofNewestRun(table, check, volume);
        } else if (VolumeChange.isOne(check)) {
            List<Long> earlier = history.counts(
                    project.environment().name(), table.toString(), check.name(), since((Rule.Volume) check.rule()));
            return VolumeChange.judge(check, found.rows(), earlier);
        }
        return found;
    }

    private Instant since(Rule.Volume rule) {
        Duration against = rule.against();
        return against == null ? Instant.EPOCH : now.minus(against);
    }

    private CheckResult ofNewestRun(DatasetName table, Check check, Rule.Volume rule) {
        @Nullable PipelineSpec producer = project.producer(table).orElse(null);
        if (producer == null) {
            return CheckResult.unverified(
                    check,
                    0,
                    "no pipeline of this project writes the table, so that it has no runs (per: table counts its rows)");
        }
        LedgerKey key =
                new LedgerKey(project.id(), project.environment().name(), "", producer.name(), table.toString());
        List<Long> runs = history.rowsOfRuns(key, "", since(rule));
        if (runs.isEmpty()) {
            return CheckResult.unverified(check, 0, "no run of " + producer.name() + " is known");
        }
        return VolumeChange.isOne(check)
                ? VolumeChange.judge(check, runs.get(0), runs.subList(1, runs.size()))
                : rule.judge(check, runs.get(0));
    }
}
