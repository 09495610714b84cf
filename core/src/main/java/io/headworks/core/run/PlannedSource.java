package io.headworks.core.run;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table that another run of the same plan will make, as the source of a pipeline that reads it: columns and no rows. */
final class PlannedSource implements Source {
    private final Source source;
    private final TableName name;
    private final PlannedTables.Table table;
    private final Instant now;

    /** @param source of the connection that it will be in; closed by who opened it */
    PlannedSource(Source source, TableName name, PlannedTables.Table table, Instant now) {
        this.source = source;
        this.name = name;
        this.table = table;
        this.now = now;
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        return new SourceState(
                wanted(extract.columns()), null, null, now, "", table.key(), List.of(), Map.of(), List.of());
    }

    private Schema wanted(List<ColumnChoice> columns) {
        if (columns.isEmpty()) {
            return table.columns();
        }
        List<Field> fields = new ArrayList<>();
        for (ColumnChoice column : columns) {
            Field field = table.columns()
                    .field(column.name())
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot read " + name + ": no column " + column.name() + " in what " + table.pipeline()
                                    + " will write (columns: " + table.columns() + ")"));
            fields.add(
                    new Field(column.name(), column.type() == null ? field.type() : column.type(), field.nullable()));
        }
        return new Schema(fields);
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return source.readsInPlace(extract, state);
    }

    @Override
    public boolean filters() {
        return source.filters();
    }

    @Override
    public boolean tellsCaseApart() {
        return source.tellsCaseApart();
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        throw new HeadworksException(
                FailureKind.INTERNAL, "Cannot read " + name + ": it is planned, and not there yet");
    }

    @Override
    public List<TableName> tables() {
        return source.tables();
    }

    @Override
    public void close() {}
}
