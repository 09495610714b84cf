package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Profiling;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import io.headworks.core.profile.PastVolumes;
import io.headworks.core.profile.ProposedCheck;
import io.headworks.core.profile.Recency;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks whose thresholds come from what was: how many rows runs brought, and how often new rows came. */
final class PastProposals {
    private final Workbench bench;
    private final Profiling profiling;
    private final Instant now;

    PastProposals(Workbench bench, Profiling profiling, Instant now) {
        this.bench = bench;
        this.profiling = profiling;
        this.now = now;
    }

    List<ProposedCheck> of(DatasetName table, Relation rows, TableProfile profile) {
        List<ProposedCheck> all = new ArrayList<>();
        PastVolumes.ofTable(profile.rows()).ifPresent(all::add);
        bench.project()
                .producer(table)
                .flatMap(producer -> PastVolumes.ofRuns(rowsOfRuns(producer, table)))
                .ifPresent(all::add);
        for (ColumnProfile column : Recency.candidates(profile, now)) {
            Optional<Duration> pause = profiling.longestPause(rows, column.name());
            if (pause.isPresent()) {
                Recency.of(column, pause.get(), now).ifPresent(all::add);
                break;
            }
        }
        return all;
    }

    private List<Long> rowsOfRuns(PipelineSpec producer, DatasetName table) {
        if (!bench.state().isThere()) {
            return List.of();
        }
        LedgerKey key = new LedgerKey(
                bench.project().id(), bench.project().environment().name(), "", producer.name(), table.toString());
        try (StateDatabase state = bench.state().open()) {
            return new CheckHistory(state).rowsOfRuns(key, "", Instant.EPOCH);
        }
    }
}
