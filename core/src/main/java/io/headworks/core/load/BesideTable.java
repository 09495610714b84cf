package io.headworks.core.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table that keeps the versions of type 4 columns, in the transaction of the table that shows the latest.
 *
 * @param changes made already
 */
public record BesideTable(HistoryTable table, LoadTransaction transaction, List<SchemaChange> changes) {

    /**
     * Makes the table, or the columns that it lacks.
     *
     * @param stored the columns of a table, null when it does not exist
     * @return null where no column is of type 4
     */
    public static @Nullable BesideTable prepare(
            Load load, Schema batch, Function<TableName, @Nullable Schema> stored, LoadTransaction main) {
        HistoryTable table = load.history() == null
                ? null
                : HistoryTable.of(load, batch).beside().orElse(null);
        if (table == null) {
            return null;
        }
        TableName name = table.load().table();
        List<SchemaChange> changes = changes(table, stored.apply(name));
        LoadTransaction transaction = main.beside(name);
        transaction.change(changes);
        return new BesideTable(table, transaction, changes);
    }

    private static List<SchemaChange> changes(HistoryTable table, @Nullable Schema stored) {
        List<Field> fields = new ArrayList<>(table.columns().fields());
        AuditColumns audit = table.load().audit();
        if (audit != null) {
            fields.add(new Field(audit.run(), DataType.BIGINT, true));
            fields.add(new Field(audit.loadedAt(), DataType.TIMESTAMPTZ, true));
        }
        if (stored == null) {
            return List.of(new SchemaChange.CreateTable(
                    new Schema(fields), table.load().uniqueKey()));
        }
        List<SchemaChange> changes = new ArrayList<>();
        fields.stream()
                .filter(field ->
                        stored.fields().stream().noneMatch(each -> each.name().equalsIgnoreCase(field.name())))
                .map(SchemaChange.AddColumn::new)
                .forEach(changes::add);
        return changes;
    }

    /** The load of what was observed. */
    LoadRequest request(Relation rows, LoadRequest main) {
        return new LoadRequest(table.load(), rows, false, BatchKind.DELTA, null, main.runNumber(), main.loadedAt());
    }
}
