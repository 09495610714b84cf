package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.DataType;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.postgres.source.PostgresSource;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a table as a source's are read: by several sessions of one snapshot, as rows of one statement. The snapshot
 * is given up before the load begins, which would wait for it.
 */
final class KeyStreams implements AutoCloseable {
    private final PostgresSettings settings;
    private @Nullable PostgresSource open;

    KeyStreams(PostgresSettings settings) {
        this.settings = settings;
    }

    Relation read(EngineSession engine, TargetTable keys, TableName name, @Nullable TargetColumn mark) {
        close();
        PostgresSource source = new PostgresSource(settings, FailureKind.TARGET_UNREACHABLE);
        open = source;
        Extract extract = new Extract(
                new Extract.Reading.Table(name),
                keys.columns().stream().map(KeyStreams::choice).toList(),
                mark == null ? null : mark.sql() + " IS NOT TRUE",
                null,
                null);
        RowSource rows = source.rows(extract, source.observe(extract, null), null, List.of());
        return engine.stream((RowSource.Parallel) rows);
    }

    private static ColumnChoice choice(TargetColumn column) {
        DataType as = CopiedTable.readAs(column);
        return new ColumnChoice(column.name(), as);
    }

    /** True when every column is read as a source would read it, and by its own name. */
    static boolean fits(TargetTable keys) {
        return keys.columns().stream()
                .noneMatch(column -> CopiedTable.readAs(column) == DataType.Simple.HUGEINT
                        || !column.stored().equals(column.name()));
    }

    @Override
    public void close() {
        PostgresSource source = open;
        open = null;
        if (source != null) {
            source.close();
        }
    }
}
