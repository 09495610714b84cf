package io.headworks.core.isolation;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.target.Target;
import io.headworks.core.connection.Connectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A batch in a file of the embedded engine, so that several copies, in several processes, are given the same rows. */
public final class FrozenStore {
    private static final TableName BATCH = new TableName(null, "batch");

    private final Connection connection;
    private final Connectors connectors;

    /** @param folder an existing one; the store is a file in it */
    public FrozenStore(Path folder, Connectors connectors) {
        this.connection = new Connection("frozen", "duckdb", folder, Map.of("path", "frozen.duckdb"), Map.of());
        this.connectors = connectors;
    }

    public void write(EngineSession engine, Relation rows, Clock clock) {
        try (Target target = connectors.openTarget(connection, engine)) {
            new Seeding(engine, target, clock)
                    .put(
                            new DatasetName(connection.name(), BATCH),
                            new Relation(rows.sql(), rows.schema(), List.of()),
                            new CreateTable(rows.schema()),
                            null,
                            null,
                            0);
        }
    }

    public FrozenBatch read(EngineSession engine) {
        try (Target target = connectors.openTarget(connection, engine)) {
            Relation rows = target.read(BATCH);
            List<ColumnBatch> parts = new ArrayList<>();
            try (BatchReader reader = engine.read(rows)) {
                for (ColumnBatch part = reader.next(); part != null; part = reader.next()) {
                    parts.add(part);
                }
            }
            return new FrozenBatch(rows.schema(), parts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the frozen batch: " + unreadable.getMessage(), unreadable);
        }
    }
}
