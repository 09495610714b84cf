package io.headworks.core.proof;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a test gives the pipeline's own table, in the columns that its first load would make and those that the
 * rows have beside them. What only we write into a table is filled as a load would: nobody can state it.
 *
 * @param given the rows in the columns of data
 * @param ours columns of history that only we write
 * @param audit filled by the load that puts the rows there; null where the rows bring it, or there is none
 * @param tracked what {@link HistoryTable#TRACKED} holds; null without history
 */
record OwnTable(
        FrozenBatch given,
        List<Field> ours,
        CreateTable created,
        Load.@Nullable AuditColumns audit,
        @Nullable String tracked) {
    private static final String PREFIX = "_hw_";

    /** @param plan of the first load into a table that does not exist */
    static OwnTable of(Fixtures.Read rows, Plan plan, Fixtures fixtures) {
        CreateTable planned = created(plan);
        Load load = WrittenTable.load(plan);
        Load.AuditColumns audit = load.audit();
        List<String> written = rows.rows().columns();
        boolean bringsAudit = audit != null && (written.contains(audit.run()) || written.contains(audit.loadedAt()));
        List<Field> data = new ArrayList<>();
        List<Field> ours = new ArrayList<>();
        for (Field field : planned.schema().fields()) {
            boolean isAudit = audit != null
                    && (field.name().equals(audit.run()) || field.name().equals(audit.loadedAt()));
            if (!isAudit && field.name().startsWith(PREFIX) && !written.contains(field.name())) {
                ours.add(field);
            } else if (!isAudit || bringsAudit) {
                data.add(field);
            }
        }
        List<Field> all = new ArrayList<>(planned.schema().fields());
        for (Field field : fixtures.schema(List.of(rows)).fields()) {
            if (!planned.schema().has(field.name())) {
                data.add(field);
                all.add(field);
            }
        }
        String tracked = load.history() == null
                ? null
                : HistoryTable.of(load, output(plan)).tracked();
        return new OwnTable(
                fixtures.frozen(rows.rows(), new Schema(data)),
                ours,
                new CreateTable(new Schema(all), planned.key()),
                bringsAudit ? null : audit,
                tracked);
    }

    Relation rows(EngineSession engine) {
        List<Field> fields = new ArrayList<>(given.schema().fields());
        fields.addAll(ours);
        Schema schema = new Schema(fields);
        List<ColumnBatch> parts =
                given.parts().stream().map(part -> filled(part, schema)).toList();
        return engine.load("before", new FrozenBatch(schema, parts).read(schema));
    }

    private ColumnBatch filled(ColumnBatch part, Schema schema) {
        List<Column> columns = new ArrayList<>(part.columns());
        for (Field field : ours) {
            BitSet nulls = new BitSet();
            if (field.name().equals(HistoryTable.TRACKED)) {
                @Nullable String[] texts = new @Nullable String[part.rows()];
                Arrays.fill(texts, Objects.requireNonNull(tracked));
                columns.add(new Column.Texts(texts, nulls));
            } else {
                // a version that nobody confirmed later counts as confirmed when it began
                nulls.set(0, part.rows());
                columns.add(new Column.Longs(new long[part.rows()], nulls));
            }
        }
        return new ColumnBatch(schema, part.rows(), columns);
    }

    private static CreateTable created(Plan plan) {
        return plan.schemaChanges().stream()
                .filter(CreateTable.class::isInstance)
                .map(CreateTable.class::cast)
                .findFirst()
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.INTERNAL,
                        "Cannot give the table of " + plan.pipeline() + " rows: its first load would not make it"));
    }

    private static Schema output(Plan plan) {
        return plan.steps().stream()
                .filter(Step.TransformRows.class::isInstance)
                .map(step -> ((Step.TransformRows) step).output())
                .findFirst()
                .orElseThrow();
    }
}
