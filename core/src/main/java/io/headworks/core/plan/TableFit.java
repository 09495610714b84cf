package io.headworks.core.plan;

import io.headworks.api.load.Load;
import io.headworks.api.load.Load.SchemaPolicy.Mode;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.api.type.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code schema_changes: discard-row} takes out of a batch before it meets its table.
 *
 * @param operation null when the batch fits as it is
 * @param output the columns that are left
 */
record TableFit(Operation.@Nullable FitTable operation, Schema output) {

    /** A table that does not exist yet refuses nothing. */
    static TableFit of(Load load, @Nullable Schema table, Schema batch) {
        List<Field> retyped = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Field> left = new ArrayList<>();
        for (Field delivered : batch.fields()) {
            Optional<Field> stored = table == null ? Optional.of(delivered) : table.field(delivered.name());
            if (stored.isEmpty() && load.schemaChanges().columns() == Mode.DISCARD_ROW) {
                unknown.add(delivered.name());
            } else if (stored.isPresent() && mustFit(load, stored.get(), delivered)) {
                Field wanted = new Field(delivered.name(), stored.get().type(), true);
                retyped.add(wanted);
                left.add(wanted);
            } else {
                left.add(delivered);
            }
        }
        boolean fits = retyped.isEmpty() && unknown.isEmpty();
        return fits
                ? new TableFit(null, batch)
                : new TableFit(new Operation.FitTable(load.table(), retyped, unknown), new Schema(left));
    }

    private static boolean mustFit(Load load, Field stored, Field delivered) {
        return load.schemaChanges().types() == Mode.DISCARD_ROW && !Widening.holds(stored.type(), delivered.type());
    }

    /** The segments with one more at the end where rows may be discarded. */
    List<Segment> after(List<Segment> segments) {
        if (operation == null) {
            return segments;
        }
        List<Segment> all = new ArrayList<>(segments);
        all.add(new Segment(operation.key(), List.of(operation), operation.rowLaw(), true));
        return all;
    }
}
