package io.headworks.core.run;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.run.LookAhead.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What tables will be like once the runs are done that were planned so far, so that what reads them can be planned before
 * they are made or changed. Only tables whose columns a plan changes are in here.
 */
public final class PlannedTables {
    private final Map<String, Table> tables = new HashMap<>();

    /**
     * A table to come.
     *
     * @param pipeline that will make or change it
     * @param key columns by which its loads find rows; empty where there are none
     */
    record Table(String pipeline, Schema columns, List<String> key) {
        Table {
            key = List.copyOf(key);
        }
    }

    void add(DatasetName dataset, Decision decision) {
        Plan plan = decision.plan();
        if (plan.idle() == null) {
            after(decision).ifPresent(table -> tables.put(dataset.toString().toLowerCase(Locale.ROOT), table));
        }
    }

    Optional<Table> of(DatasetName dataset) {
        return Optional.ofNullable(tables.get(dataset.toString().toLowerCase(Locale.ROOT)));
    }

    private static Optional<Table> after(Decision decision) {
        Plan plan = decision.plan();
        for (Step step : plan.steps()) {
            if (step instanceof Step.LoadTable load && load.load().strategy() == Strategy.VIEW) {
                return Optional.of(
                        new Table(plan.pipeline(), decision.observed().transformed(), List.of()));
            } else if (step instanceof Step.LoadTable load && !load.changes().isEmpty()) {
                Schema now = decision.observed().target().schema();
                List<String> key = decision.observed().target().primaryKey();
                return Optional.of(
                        changed(new Table(plan.pipeline(), now == null ? Schema.EMPTY : now, key), load.changes()));
            }
        }
        return Optional.empty();
    }

    private static Table changed(Table table, List<SchemaChange> changes) {
        List<Field> fields = new ArrayList<>(table.columns().fields());
        List<String> key = table.key();
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.CreateTable create) {
                fields.addAll(create.schema().fields());
                key = create.key();
            } else if (change instanceof SchemaChange.AddColumn add) {
                fields.add(add.field());
            } else if (change instanceof SchemaChange.WidenColumn widen) {
                fields.replaceAll(field -> field.name().equals(widen.column())
                        ? new Field(field.name(), widen.to(), field.nullable())
                        : field);
            }
        }
        return new Table(table.pipeline(), new Schema(fields), key);
    }
}
