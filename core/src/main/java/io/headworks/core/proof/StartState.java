package io.headworks.core.proof;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.Target;
import io.headworks.api.transform.Stage;
import io.headworks.api.type.Schema;
import io.headworks.core.extract.Extracted;
import io.headworks.core.isolation.FrozenStart;
import io.headworks.core.isolation.FrozenStart.FrozenTable;
import io.headworks.core.plan.Step;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a batch meets: the rows of its keys in the tables that the load writes, and the tables that its stages read. */
final class StartState {
    private final Workbench bench;
    private final PipelineSpec pipeline;
    private final Workbench.Session session;
    private final boolean whole;
    private final List<FrozenTable> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param whole whether the pipeline's tables are copied whole in any case */
    StartState(Workbench bench, PipelineSpec pipeline, Workbench.Session session, boolean whole) {
        this.bench = bench;
        this.pipeline = pipeline;
        this.session = session;
        this.whole = whole;
    }

    List<String> notes() {
        return notes;
    }

    /** Rows that the pipeline's own table has. */
    long before() {
        return tables.stream()
                .filter(table -> table.dataset().equals(pipeline.writes()))
                .mapToLong(table -> session.engine().count(table.rows()))
                .sum();
    }

    /** @param file to be written */
    FrozenStart take(LookAhead.Decision decision, Load load, List<WrittenTable> written, Extracted batch, Path file) {
        for (DatasetUse use : pipeline.uses()) {
            if (!use.dataset().equals(pipeline.writes())) {
                Relation rows = target(use.dataset()).read(use.dataset().table());
                hold(use.dataset(), rows, List.of(), null, 0);
            }
        }
        if (!decision.plan().request().fullRefresh()) {
            Target real = target(pipeline.writes());
            Relation keys = keysOfBatch(decision, load, batch);
            for (WrittenTable table : written) {
                TableName name = table.dataset().table();
                if (OpenConnections.isThere(real, name)) {
                    Relation all = real.read(name);
                    Relation rows = keys == null ? all : session.engine().among(all, keys);
                    long runNumber = decision.observed().target().lastRunNumber();
                    Load.Partitioning partition = name.equals(load.table()) ? load.partition() : null;
                    hold(table.dataset(), rows, table.key(), partition, runNumber);
                }
            }
        }
        return FrozenStart.keep(session.engine(), file, tables);
    }

    /** Where the load looks at no other row than those of the batch's keys, these are enough; null where it does. */
    private @Nullable Relation keysOfBatch(LookAhead.Decision decision, Load load, Extracted batch) {
        boolean delta = decision.plan().steps().stream()
                .anyMatch(step -> step instanceof Step.LoadTable loaded && loaded.kind() == BatchKind.DELTA);
        boolean byKey = load.strategy() == Strategy.UPSERT
                || load.strategy() == Strategy.APPEND
                || delta && (load.strategy() == Strategy.MERGE || load.strategy() == Strategy.SOFT_DELETE);
        boolean readsItself =
                pipeline.uses().stream().anyMatch(use -> use.dataset().equals(pipeline.writes()));
        if (whole || !byKey || readsItself || load.mergeKeys().isEmpty()) {
            return null;
        }
        EngineSession engine = session.engine();
        Relation rows = batch.rows();
        for (Stage stage : pipeline.stages()) {
            rows = engine.apply(rows, stage.operations());
        }
        Schema keys = new Schema(load.mergeKeys().stream()
                .map(rows.schema()::field)
                .map(field -> field.orElseThrow())
                .toList());
        notes.add("of the table only the keys of the batch are copied (--full copies it whole)");
        return new Relation(rows.sql(), keys, List.of());
    }

    private Target target(DatasetName dataset) {
        String connection = String.valueOf(dataset.connection());
        @Nullable Connection declared = bench.project().connections().get(connection);
        if (declared == null || !bench.setup().connectors().of(declared).isTarget()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot verify " + pipeline.name() + ": it reads " + dataset
                            + ", and only tables of targets are copied (not yet: other datasets)");
        }
        return session.connections().target(connection);
    }

    private void hold(
            DatasetName dataset,
            Relation rows,
            List<String> key,
            Load.@Nullable Partitioning partition,
            long runNumber) {
        Relation held = session.engine().materialise("start", rows);
        FreezeBatch.requireFewEnough(pipeline, session.engine().count(held), dataset.toString());
        tables.add(new FrozenTable(dataset, held, new CreateTable(rows.schema(), key), partition, runNumber));
    }
}
