package io.headworks.core.proof;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.run.Cancellation;
import io.headworks.api.target.Target;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.isolation.FrozenSource;
import io.headworks.core.isolation.FrozenStart;
import io.headworks.core.isolation.FrozenStore;
import io.headworks.core.isolation.IsolatedCopy;
import io.headworks.core.isolation.TargetPlace;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunRecord;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.service.Rows;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where one replay happens: a folder with a target of its own, beside the frozen batch that all replays share. */
final class ReplayPlace {
    /** Rows are compared in memory. */
    static final int MOST_ROWS = 1_000_000;

    private final Setup setup;
    private final Path folder;
    private final PipelineSpec pipeline;
    private final ReplaySettings settings;
    private final IsolatedCopy copy;

    /** @param folder an existing one below the one that holds the frozen batch */
    ReplayPlace(
            Setup setup,
            Project project,
            PipelineSpec pipeline,
            ReplaySettings settings,
            TargetPlace target,
            Path folder) {
        this.setup = setup;
        this.folder = folder;
        this.pipeline = pipeline;
        this.settings = settings;
        this.copy = IsolatedCopy.sameKind(project, pipeline, setup.connectors().all(), target.in(folder), folder);
    }

    IsolatedCopy copy() {
        return copy;
    }

    Path folder() {
        return folder;
    }

    /** Makes its tables. */
    void fill(FrozenStart start, Engine engine, Cancellation cancellation) {
        inSession(engine, cancellation, session -> {
            try (OpenConnections connections = open(session)) {
                start.fill(session, connections, setup.clock());
            }
            return start;
        });
    }

    private OpenConnections open(EngineSession session) {
        FrozenSource nothing = source(new FrozenBatch(Schema.EMPTY, List.of()));
        return new OpenConnections(copy.project(), copy.connectors(nothing), session);
    }

    /** Columns that a table has for our sake differ from run to run, and are not compared. */
    record Content(List<String> columns, List<List<@Nullable Object>> rows) {}

    RunRecord run(Engine engine, Request request, Cancellation cancellation) {
        FrozenSource source = source(batch(engine, cancellation));
        return copy.run(source, engine, request, clock(), cancellation);
    }

    Clock clock() {
        return Clock.fixed(settings.now(), ZoneOffset.UTC);
    }

    FrozenSource source(FrozenBatch batch) {
        ExtractSpec.Incremental incremental = pipeline.extract().incremental();
        boolean keepsFiles = incremental != null && incremental.key() == null;
        return new FrozenSource(List.of(batch), settings.primaryKey(), settings.now(), keepsFiles);
    }

    /** What the source gave. */
    FrozenBatch batch(Engine engine, Cancellation cancellation) {
        return inSession(
                engine,
                cancellation,
                session ->
                        new FrozenStore(Objects.requireNonNull(folder.getParent()), setup.connectors()).read(session));
    }

    /** What a table holds now. */
    Content content(WrittenTable written, Engine engine, Cancellation cancellation) {
        return inSession(engine, cancellation, session -> {
            try (OpenConnections connections = open(session)) {
                Target target = connections.target(pipeline.connection());
                TableName table = written.dataset().table();
                return OpenConnections.isThere(target, table)
                        ? content(session, target.read(table))
                        : new Content(List.of(), List.of());
            }
        });
    }

    private Content content(EngineSession session, Relation rows) {
        Schema schema = new Schema(rows.schema().fields().stream()
                .filter(field -> !isAudit(field.name()))
                .toList());
        Relation compared = new Relation(rows.sql(), schema, List.of());
        List<List<@Nullable Object>> values = Rows.first(session, compared, MOST_ROWS + 1L);
        if (values.size() > MOST_ROWS) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot compare replays of " + pipeline.name() + ": the table has more than " + MOST_ROWS
                            + " rows (not yet)",
                    "verify a slice with --from and --to");
        }
        return new Content(schema.names(), values);
    }

    private boolean isAudit(String column) {
        Load.AuditColumns audit = pipeline.load().audit();
        return audit != null && (column.equals(audit.run()) || column.equals(audit.loadedAt()));
    }

    interface Work<T> {
        T with(EngineSession session);
    }

    <T> T inSession(Engine engine, Cancellation cancellation, Work<T> work) {
        String id = RunIds.next(setup.clock().instant());
        try (EngineSession session = engine.session(id, copy.workspace().staging(id), cancellation)) {
            return work.with(session);
        } finally {
            copy.workspace().remove(id);
        }
    }
}
