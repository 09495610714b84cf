package io.headworks.core.drift;

import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.drift.ColumnChange.Added;
import io.headworks.core.drift.ColumnChange.Nullability;
import io.headworks.core.drift.ColumnChange.Recased;
import io.headworks.core.drift.ColumnChange.Removed;
import io.headworks.core.drift.ColumnChange.Reordered;
import io.headworks.core.drift.ColumnChange.Retyped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changed from one version of a source's columns to another. */
public final class SchemaComparison {
    private final Schema before;
    private final Schema after;
    /** Fields of after by those of before that they go on. */
    private final Map<Field, Field> same = new LinkedHashMap<>();

    private SchemaComparison(Schema before, Schema after) {
        this.before = before;
        this.after = after;
    }

    /** First what the columns of before came to, in their order, then new ones, then the order. */
    public static List<ColumnChange> between(Schema before, Schema after) {
        SchemaComparison comparison = new SchemaComparison(before, after);
        comparison.match();
        return comparison.changes();
    }

    private void match() {
        for (Field was : before.fields()) {
            after.field(was.name()).or(() -> recased(was)).ifPresent(is -> same.put(was, is));
        }
    }

    /** Only where no column of either side could be meant as well. */
    private Optional<Field> recased(Field was) {
        List<Field> now = ignoringCase(after, was.name());
        return now.size() == 1 && ignoringCase(before, was.name()).size() == 1
                ? Optional.of(now.get(0))
                : Optional.empty();
    }

    private static List<Field> ignoringCase(Schema schema, String name) {
        return schema.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
    }

    private List<ColumnChange> changes() {
        List<ColumnChange> changes = new ArrayList<>();
        for (Field was : before.fields()) {
            Field is = same.get(was);
            if (is == null) {
                changes.add(new Removed(was));
            } else {
                compare(was, is, changes);
            }
        }
        after.fields().stream()
                .filter(field -> !same.containsValue(field))
                .forEach(field -> changes.add(new Added(field)));
        order(changes);
        return changes;
    }

    private static void compare(Field was, Field is, List<ColumnChange> changes) {
        if (!was.name().equals(is.name())) {
            changes.add(new Recased(was, is));
        }
        if (!was.type().equals(is.type())) {
            changes.add(new Retyped(was, is));
        }
        if (was.nullable() != is.nullable()) {
            changes.add(new Nullability(was, is));
        }
    }

    private void order(List<ColumnChange> changes) {
        List<String> then = same.values().stream().map(Field::name).toList();
        List<String> now = after.names().stream().filter(then::contains).toList();
        if (!then.equals(now)) {
            changes.add(new Reordered(then, now));
        }
    }
}
