package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.SchemaPolicy.Mode;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.api.type.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must change in a table so that a batch fits, as far as the pipeline's policy allows. */
final class SchemaChanges {
    private final Load load;
    private final Schema batch;
    private final List<String> refusals = new ArrayList<>();
    private final List<SchemaChange> changes = new ArrayList<>();

    private SchemaChanges(Load load, Schema batch) {
        this.load = load;
        this.batch = batch;
    }

    /**
     * The changes in the order in which they are made.
     *
     * @throws HeadworksException of kind SCHEMA_CHANGE that lists all that the policy does not allow
     */
    static List<SchemaChange> between(@Nullable Schema table, Schema batch, Load load) {
        SchemaChanges comparison = new SchemaChanges(load, batch);
        if (table == null) {
            comparison.create();
        } else {
            comparison.compare(table);
        }
        comparison.refuse();
        return comparison.changes;
    }

    private void create() {
        if (load.schemaChanges().tables() == Mode.FREEZE) {
            refusals.add("the table does not exist (tables: freeze)");
            return;
        }
        List<Field> fields = new ArrayList<>(batch.fields());
        if (marksDeletes() && !batch.has(load.deletedColumn())) {
            fields.add(new Field(load.deletedColumn(), Simple.BOOLEAN, true));
        }
        AuditColumns audit = load.audit();
        if (audit != null) {
            fields.add(new Field(audit.run(), DataType.BIGINT, true));
            fields.add(new Field(audit.loadedAt(), DataType.TIMESTAMPTZ, true));
        }
        changes.add(new SchemaChange.CreateTable(new Schema(fields), load.uniqueKey()));
    }

    private void compare(Schema table) {
        for (Field field : batch.fields()) {
            Optional<Field> existing = table.field(field.name());
            if (existing.isEmpty()) {
                add(field);
            } else {
                retype(existing.get(), field);
            }
        }
        if (marksDeletes() && !table.has(load.deletedColumn())) {
            add(new Field(load.deletedColumn(), Simple.BOOLEAN, true));
        }
        for (Field field : table.fields()) {
            if (!batch.has(field.name()) && !isOurs(field.name())) {
                refusals.add("column '" + field.name() + "' of the table is no longer delivered");
            }
        }
    }

    private void add(Field field) {
        if (load.schemaChanges().columns() == Mode.FREEZE) {
            refusals.add("column '" + field.name() + "' " + field.type() + " is new (columns: freeze)");
        } else {
            changes.add(new SchemaChange.AddColumn(field));
        }
    }

    private void retype(Field existing, Field delivered) {
        if (Widening.holds(existing.type(), delivered.type())) {
            return;
        }
        if (load.schemaChanges().types() == Mode.FREEZE) {
            refusals.add(clash(existing, delivered) + " (types: freeze)");
        } else if (Widening.holds(delivered.type(), existing.type())) {
            changes.add(new SchemaChange.WidenColumn(existing.name(), existing.type(), delivered.type()));
        } else {
            refusals.add(clash(existing, delivered) + ", and neither holds every value of the other");
        }
    }

    private static String clash(Field existing, Field delivered) {
        return "column '" + existing.name() + "' is " + existing.type() + " in the table and " + delivered.type()
                + " in the batch";
    }

    private boolean marksDeletes() {
        return load.deletes() == Load.Deletes.MARK;
    }

    private boolean isOurs(String column) {
        AuditColumns audit = load.audit();
        boolean auditColumn = audit != null && (column.equals(audit.run()) || column.equals(audit.loadedAt()));
        return auditColumn || (marksDeletes() && column.equals(load.deletedColumn()));
    }

    private void refuse() {
        if (!refusals.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot load into " + load.table() + ": " + String.join("; ", refusals),
                    "cast, rename, select or drop the column in a stage, change load.schema_changes, or migrate the table");
        }
    }
}
