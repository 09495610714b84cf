package io.headworks.core.isolation;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.Target;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.load.LoadContext;
import io.headworks.core.load.Loading;
import io.headworks.core.plan.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into tables of an isolated copy, as if they had always been there. Its loads have a key of their own, so that
 * the pipeline's first run is still its first.
 */
public final class Seeding {
    private static final String WHO = "before the first run";

    private final EngineSession engine;
    private final Target target;
    private final Clock clock;

    public Seeding(EngineSession engine, Target target, Clock clock) {
        this.engine = engine;
        this.target = target;
        this.clock = clock;
    }

    /**
     * Replaces the rows of a table, which is made where it is missing.
     *
     * @param created how it is made
     * @param audit columns to be filled besides those of the rows; null when the rows bring them
     * @param runNumber the highest that the rows may carry; the pipeline's first run takes the next
     */
    public void put(
            DatasetName dataset,
            Relation rows,
            SchemaChange.CreateTable created,
            Load.@Nullable AuditColumns audit,
            Load.@Nullable Partitioning partition,
            long runNumber) {
        TableName table = dataset.table();
        boolean there = target.tables().contains(table);
        Load load = new Load(
                table,
                Strategy.TRUNCATE_RELOAD,
                List.of(),
                List.of(),
                Load.Deletes.IGNORE,
                "",
                partition,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                audit,
                null,
                null);
        Instant now = clock.instant();
        String runId = RunIds.next(now);
        LedgerKey key = new LedgerKey(WHO, "", "", WHO, dataset.toString());
        long number = Math.max(runNumber, target.observe(key, table).lastRunNumber() + 1);
        Fence fence = target.takeFence(key, table, runId, now);
        LoadContext context = new LoadContext(
                key,
                fence,
                runId,
                number,
                "backfill",
                null,
                null,
                WHO,
                "",
                "",
                "",
                now,
                clock,
                List.of(),
                List.of(),
                List.of(),
                null);
        new Loading(engine, target, context, new NoVerdict())
                .run(
                        new Step.LoadTable(
                                load, BatchKind.SNAPSHOT, null, null, there ? List.of() : List.of(created), List.of()),
                        rows,
                        false,
                        null);
    }

    private static final class NoVerdict implements Loading.Verdict {
        @Override
        public void counted(LoadCounts counts) {}

        @Override
        public void checked(List<CheckResult> results) {}

        @Override
        public void committed(LedgerRow row) {}
    }
}
