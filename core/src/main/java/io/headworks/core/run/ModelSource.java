package io.headworks.core.run;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.ChangedRows;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Frames;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.Position.Input;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.core.plan.ModelPosition;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.ModelSpec.Changed;
import io.headworks.core.spec.ModelSpec.RunOn;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a model: its SELECT over the datasets that the run has bound. */
final class ModelSource implements Source {
    private final Project project;
    private final PipelineSpec pipeline;
    private final ModelSpec model;
    private final EngineSession engine;
    private final OpenConnections connections;
    private final Map<String, Optional<Long>> runs;
    private final Map<String, Object> values;
    private final Instant now;

    /**
     * The rows of one run.
     *
     * @param runs of the inputs, as they were before their rows were bound
     * @param values of {@code {{ … }}} but {@code changed}
     */
    ModelSource(
            Project project,
            PipelineSpec pipeline,
            EngineSession engine,
            OpenConnections connections,
            Map<String, Optional<Long>> runs,
            Map<String, Object> values,
            Instant now) {
        this.project = project;
        this.pipeline = pipeline;
        this.model = Objects.requireNonNull(pipeline.extract().model());
        this.engine = engine;
        this.connections = connections;
        this.runs = runs;
        this.values = values;
        this.now = now;
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        List<Input> inputs = inputs();
        Map<String, Object> filled = new LinkedHashMap<>(values);
        for (Changed changed : model.changed()) {
            KeyRange range = known instanceof Position.Inputs before ? range(changed, before, inputs) : null;
            filled.put(changed.placeholder(), range == null ? Boolean.TRUE : new ChangedRows(changed.name(), range));
        }
        if (model.runOn() == RunOn.TARGET) {
            return onTarget(extract, inputs);
        }
        engine.values(filled);
        Relation rows = engine.select(model.file(), model.sql());
        return new SourceState(
                rows.schema(),
                null,
                null,
                now,
                ModelSpec.SOURCE,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                ModelPosition.of(pipeline, rows.schema(), inputs));
    }

    /** The database answers the SELECT; nothing of its inputs comes here. */
    private SourceState onTarget(Extract extract, List<Input> inputs) {
        SourceState there = home().observe(query(extract), null);
        return new SourceState(
                there.schema(),
                there.rows(),
                there.bytes(),
                now,
                ModelSpec.SOURCE,
                List.of(),
                List.of(),
                there.detected(),
                List.of("the SELECT runs in " + pipeline.connection() + ", in its dialect"),
                ModelPosition.of(pipeline, there.schema(), inputs));
    }

    private Source home() {
        return connections.source(pipeline.connection());
    }

    private Extract query(Extract extract) {
        return new Extract(
                new Extract.Reading.Query(model.sql()), extract.columns(), null, null, null, extract.knownTypes());
    }

    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        runs.forEach((dataset, run) -> {
            Changed byColumn = model.changed().stream()
                    .filter(changed -> changed.column() != null
                            && dataset(changed).toString().equals(dataset))
                    .findFirst()
                    .orElse(null);
            inputs.add(new Input(dataset, run.orElse(null), byColumn == null ? null : largest(byColumn)));
        });
        return inputs;
    }

    private Position.@Nullable Key largest(Changed changed) {
        String column = Objects.requireNonNull(changed.column());
        Relation rows = connections.bound(dataset(changed));
        DataType type = rows.schema()
                .field(column)
                .map(Field::type)
                .orElseThrow(() -> refused(
                        FailureKind.PROJECT,
                        changed,
                        dataset(changed) + " has no column '" + column + "' (columns: " + rows.schema() + ")",
                        null));
        if (!type.isTime() && !type.isNumber() && !type.isText()) {
            throw refused(FailureKind.PROJECT, changed, "its type is " + type, "use a date, timestamp, number or text");
        }
        long nulls = engine.nulls(rows, column);
        if (nulls > 0) {
            throw refused(
                    FailureKind.RUN,
                    changed,
                    nulls + (nulls == 1 ? " row has" : " rows have")
                            + " no value in it, so that no later run would find a change of them",
                    null);
        }
        String largest = engine.max(rows, column);
        return largest == null ? null : new Position.Key(column, type, largest);
    }

    /** What was written since the position; null for everything. */
    private @Nullable KeyRange range(Changed changed, Position.Inputs before, List<Input> inputs) {
        Input then = find(before.inputs(), changed);
        Input today = find(inputs, changed);
        if (changed.column() != null) {
            Position.Key key = then == null ? null : then.key();
            return key == null ? null : new KeyRange(key.column(), key.type(), key.value(), null, false);
        }
        Long from = then == null ? null : then.run();
        Long to = today == null ? null : today.run();
        if (to == null) {
            throw refused(
                    FailureKind.PROJECT,
                    changed,
                    dataset(changed) + " is not there in this environment, and loads of another one are not counted",
                    "build it here first");
        }
        if (from == null) {
            return null;
        }
        if (to < from) {
            throw refused(
                    FailureKind.POSITION_LOST,
                    changed,
                    "load " + from + " of " + dataset(changed) + " was read before, and its ledger ends at load " + to
                            + ": it was restored, or made anew",
                    "hw run " + pipeline.name() + " --full-refresh makes all rows again");
        }
        return new KeyRange(
                audit(changed), DataType.Simple.INT64, Long.toString(from + 1), Long.toString(to + 1), false);
    }

    private @Nullable Input find(List<Input> inputs, Changed changed) {
        return inputs.stream()
                .filter(input -> input.dataset().equals(dataset(changed).toString()))
                .findFirst()
                .orElse(null);
    }

    private DatasetName dataset(Changed changed) {
        return pipeline.dataset(changed.written());
    }

    private String audit(Changed changed) {
        return project.producer(dataset(changed))
                .map(producer -> producer.load().audit())
                .orElseThrow(
                        () -> refused(FailureKind.INTERNAL, changed, dataset(changed) + " has no audit columns", null))
                .run();
    }

    private HeadworksException refused(FailureKind kind, Changed changed, String why, @Nullable String hint) {
        return new HeadworksException(
                kind, "Cannot read " + pipeline.name() + " by {{ " + changed.placeholder() + " }}: " + why, hint);
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        if (model.runOn() == RunOn.TARGET) {
            return home().rows(query(extract), state, keys, files);
        }
        List<ScanColumn> columns = state.schema().fields().stream()
                .map(field -> new ScanColumn(field.name(), field.type(), ScanColumn.Origin.DATA, field.name(), -1))
                .toList();
        String select = engine.select(model.file(), model.sql()).sql();
        return new RowSource.InPlace(new Scan.Statement(model.file(), select, columns, keys));
    }

    @Override
    public @Nullable Frames frames(Extract extract, SourceState state) {
        return model.runOn() == RunOn.TARGET ? home().frames(query(extract), state) : null;
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return model.runOn() == RunOn.ENGINE || home().readsInPlace(query(extract), state);
    }

    @Override
    public List<TableName> tables() {
        return List.of();
    }

    @Override
    public void close() {}
}
