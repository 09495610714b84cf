package io.headworks.core.run;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.Schema;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.observe.Observer;
import io.headworks.core.spec.PipelineSpec;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what columns a source has, and compares them with those of the last load. */
final class SourceLook implements Observer.Looked {
    private final SchemaRegistry registry;
    private final String environment;
    private final PipelineSpec pipeline;
    private final String runId;
    private final Instant at;
    private final Consumer<SourceDrift> drifted;

    /** @param drifted hears of columns that are not those of the last load */
    SourceLook(
            SchemaRegistry registry,
            String environment,
            PipelineSpec pipeline,
            String runId,
            Instant at,
            Consumer<SourceDrift> drifted) {
        this.registry = registry;
        this.environment = environment;
        this.pipeline = pipeline;
        this.runId = runId;
        this.at = at;
        this.drifted = drifted;
    }

    @Override
    public void saw(Schema columns, TargetState table) {
        SourceKey.of(environment, pipeline).ifPresent(source -> look(source, columns, table.lastCommitted()));
    }

    private void look(SourceKey source, Schema now, @Nullable LedgerRow last) {
        registry.seen(source, now, runId, at);
        if (last != null) {
            SourceDrift.since(last.schemaHash(), registry, source, now).ifPresent(drifted);
        }
    }
}
