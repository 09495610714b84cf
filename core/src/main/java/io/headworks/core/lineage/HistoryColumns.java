package io.headworks.core.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** The columns that a history adds to what is delivered, and what they are made from. */
final class HistoryColumns {
    private static final List<String> PREFIXES = List.of("previous_", "current_");

    private final Load load;

    HistoryColumns(Load load) {
        this.load = load;
    }

    List<Column> of(Flow flow) {
        if (load.history() == null || !flow.isComplete()) {
            return List.of();
        }
        // Names alone decide which columns there are.
        HistoryTable table = HistoryTable.of(
                load,
                new Schema(flow.names().stream()
                        .map(name -> new Field(name, DataType.TEXT))
                        .toList()));
        Dependence versions = Dependence.all(table.versioned().stream()
                        .map(field -> flow.column(field.name()))
                        .toList())
                .as(Use.COMPUTED);
        Dependence keys = Dependence.all(
                        load.mergeKeys().stream().map(flow::column).toList())
                .as(Use.COMPUTED);
        String validAt = load.history().validAt();
        Dependence time =
                validAt == null ? Dependence.NONE : flow.column(validAt).as(Use.COMPUTED);
        List<Column> columns = new ArrayList<>();
        for (Field added : table.added()) {
            if (!added.name().startsWith("_hw_")) {
                columns.add(new Column(
                        added.name(), valueOf(added.name(), flow, Dependence.all(List.of(keys, time, versions)))));
            }
        }
        return columns;
    }

    /** An earlier or later value of a column is that column's; the rest is decided by keys, time and tracked values. */
    private static Dependence valueOf(String added, Flow flow, Dependence decided) {
        return PREFIXES.stream()
                .filter(added::startsWith)
                .map(prefix -> added.substring(prefix.length()))
                .filter(name -> flow.names().contains(name))
                .findFirst()
                .map(name -> flow.column(name).as(Use.COMPUTED))
                .orElse(decided);
    }
}
