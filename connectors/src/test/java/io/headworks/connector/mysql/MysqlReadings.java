package io.headworks.connector.mysql;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extracts brought into a real engine, and what arrived of their column {@code v}. */
final class MysqlReadings implements AutoCloseable {
    private final Engine engine;
    private final EngineSession session;

    MysqlReadings(Path folder) {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", folder, new Cancellation());
    }

    /** The type of {@code v}, its values as the engine prints them, and the reasons and rows of the rejects. */
    record Arrived(String type, List<String> values, List<String> rejects) {}

    static Extract table(String table, ColumnChoice... columns) {
        return new Extract(new Reading.Table(new TableName(null, table)), List.of(columns), null, null, null);
    }

    static Extract query(String sql) {
        return new Extract(new Reading.Query(sql), List.of(), null, null, null);
    }

    Arrived read(Source source, Extract extract) throws IOException {
        return read(source, extract, null);
    }

    Arrived read(Source source, Extract extract, @Nullable KeyRange keys) throws IOException {
        SourceState state = source.observe(extract, null);
        Staged staged = session.stage("x", source.rows(extract, state, keys, List.of()));
        return new Arrived(
                state.schema().field("v").orElseThrow().type().toString(),
                texts("SELECT coalesce(CAST(v AS VARCHAR), '(null)') AS v FROM ("
                        + staged.rows().sql() + ")"),
                texts("SELECT reason || ' / ' || raw AS v FROM ("
                        + staged.rejects().sql() + ")"));
    }

    private List<String> texts(String sql) throws IOException {
        Relation texts = new Relation(sql, new Schema(List.of(new Field("v", DataType.TEXT))), List.of());
        List<String> all = new ArrayList<>();
        try (BatchReader reader = session.read(texts)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                Column.Texts column = (Column.Texts) batch.columns().get(0);
                for (int i = 0; i < batch.rows(); i++) {
                    all.add(column.values()[i]);
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
