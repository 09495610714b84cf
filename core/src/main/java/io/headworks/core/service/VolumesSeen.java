package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.gate.VolumeChange;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges changes of volume between runs. A run's rows are those of the newest run of the pipeline that writes the table; a
 * table's are counted now, and kept, so that the next look has something to compare with.
 */
final class VolumesSeen {
    private final Project project;
    private final Instant now;
    private final String lookId;

    VolumesSeen(Project project, Instant now, String lookId) {
        this.project = project;
        this.now = now;
        this.lookId = lookId;
    }

    /** The results, those that compare volumes judged. */
    List<CheckResult> judge(DatasetName table, List<CheckResult> results) {
        boolean compares = results.stream().anyMatch(this::compares);
        if (!compares) {
            return results;
        }
        try (StateDatabase state =
                StateDatabase.open(Workspace.of(project.folder()).state())) {
            CheckHistory history = new CheckHistory(state);
            return results.stream()
                    .map(result -> compares(result) ? judge(table, result, history) : result)
                    .toList();
        }
    }

    private boolean compares(CheckResult result) {
        return VolumeChange.isOne(result.check()) && result.status() != Status.ERROR;
    }

    private CheckResult judge(DatasetName table, CheckResult counted, CheckHistory history) {
        Check check = counted.check();
        Instant since = now.minus(Objects.requireNonNull(((Rule.Volume) check.rule()).against()));
        if (VolumeChange.isPerRun(check)) {
            return ofNewestRun(table, check, since, history);
        }
        String environment = project.environment().name();
        List<Long> earlier = history.counts(environment, table.toString(), check.name(), since);
        CheckResult judged = VolumeChange.judge(check, counted.rows(), earlier);
        history.add(lookId, environment, table.toString(), judged, judged.observed(), now);
        return judged;
    }

    private CheckResult ofNewestRun(DatasetName table, Check check, Instant since, CheckHistory history) {
        @Nullable PipelineSpec producer = project.producer(table).orElse(null);
        if (producer == null) {
            return unverified(check, "no pipeline of this project writes the table, so that it has no runs");
        }
        LedgerKey key =
                new LedgerKey(project.id(), project.environment().name(), "", producer.name(), table.toString());
        List<Long> runs = history.rowsOfRuns(key, "", since);
        return runs.isEmpty()
                ? unverified(check, "no run of " + producer.name() + " in the time compared")
                : VolumeChange.judge(check, runs.get(0), runs.subList(1, runs.size()));
    }

    private static CheckResult unverified(Check check, String why) {
        return new CheckResult(check, Status.UNVERIFIED, 0, 0, why, List.of(), null);
    }
}
