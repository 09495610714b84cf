package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.run.Cancellation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenSource;
import io.headworks.core.isolation.IsolatedCopy;
import io.headworks.core.isolation.Seeding;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.spec.PipelineSpec;
import java.time.Clock;
import java.util.Map;

/** A look into the copy that a test runs in, between its runs: fills tables, and reads them. */
final class TestPlace implements AutoCloseable {
    private final IsolatedCopy copy;
    private final FrozenSource source;
    private final Clock clock;
    private final String id;
    private final EngineSession engine;
    private final OpenConnections connections;
    private final Fixtures fixtures;

    /** @param source what the next run reads */
    TestPlace(
            IsolatedCopy copy,
            FrozenSource source,
            Engine engine,
            Clock clock,
            Map<String, DataType> types,
            Cancellation cancellation) {
        this.copy = copy;
        this.source = source;
        this.clock = clock;
        this.id = RunIds.next(clock.instant());
        this.engine = engine.session(id, copy.workspace().staging(id), cancellation);
        this.connections = new OpenConnections(copy.project(), copy.connectors(source), this.engine);
        this.fixtures = new Fixtures(this.engine, types);
        this.engine.values(Map.of("now", clock.instant()));
    }

    EngineSession engine() {
        return engine;
    }

    OpenConnections connections() {
        return connections;
    }

    Fixtures fixtures() {
        return fixtures;
    }

    /** Gives a table that the pipeline reads its rows. */
    void seed(DatasetName dataset, Fixtures.Read rows, Schema schema) {
        if (schema.fields().isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run the test: the rows of " + dataset + " have no columns",
                    "give a row, or name a CSV file with a header");
        }
        Relation typed = fixtures.typed(rows.rows(), schema);
        new Seeding(engine, connections.target(String.valueOf(dataset.connection())), clock)
                .put(dataset, typed, new CreateTable(schema), null, null, 0);
    }

    /** Gives the pipeline's own table its rows. */
    void seedOwn(Fixtures.Read rows) {
        PipelineSpec pipeline = copy.pipeline();
        Plan plan = new LookAhead(copy.project(), copy.connectors(source), engine, clock.instant(), id)
                .plan(copy.pipeline(), Request.LIVE, StateSnapshot.NONE, connections)
                .plan();
        OwnTable own = OwnTable.of(rows, plan, fixtures);
        new Seeding(engine, connections.target(pipeline.connection()), clock)
                .put(
                        pipeline.writes(),
                        own.rows(engine),
                        own.created(),
                        own.audit(),
                        pipeline.load().partition(),
                        0);
    }

    /** Whose loads these are. */
    LedgerKey key() {
        return LookAhead.key(copy.project(), copy.pipeline());
    }

    @Override
    public void close() {
        try {
            connections.close();
        } finally {
            try {
                engine.close();
            } finally {
                copy.workspace().remove(id);
            }
        }
    }
}
