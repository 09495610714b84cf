package io.headworks.core.isolation;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.core.run.OpenConnections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables as they were once, in a file of the embedded engine, so that several copies begin with the same rows. */
public record FrozenStart(Path file, List<FrozenTable> tables) {
    public FrozenStart {
        tables = List.copyOf(tables);
    }

    /**
     * One table.
     *
     * @param rows as they lie in work storage
     * @param created how a copy makes it
     * @param runNumber the highest that the rows may carry
     */
    public record FrozenTable(
            DatasetName dataset,
            Relation rows,
            CreateTable created,
            Load.@Nullable Partitioning partition,
            long runNumber) {}

    /** Writes the file, which must not exist. */
    public static FrozenStart keep(EngineSession engine, Path file, List<FrozenTable> tables) {
        FrozenStart start = new FrozenStart(file, tables);
        Map<String, Relation> rows = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            rows.put(name(i), tables.get(i).rows());
        }
        if (!rows.isEmpty()) {
            engine.keep(file, rows);
        }
        return start;
    }

    private static String name(int index) {
        return "table_" + (index + 1);
    }

    /** Puts all tables into a copy. */
    public void fill(EngineSession engine, OpenConnections copy, Clock clock) {
        for (int i = 0; i < tables.size(); i++) {
            FrozenTable table = tables.get(i);
            Relation rows = engine.kept(file, name(i), table.rows().schema(), List.of());
            new Seeding(engine, copy.target(String.valueOf(table.dataset().connection())), clock)
                    .put(table.dataset(), rows, table.created(), null, table.partition(), table.runNumber());
        }
    }
}
