package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows that an operation meets: the name under which it reads them, their columns and hidden columns. */
record Shape(String from, Schema schema, List<String> hidden) {
    private static final String RESERVED = "_hw_";

    Shape {
        hidden = List.copyOf(hidden);
        refuseAmbiguity(schema);
    }

    boolean carries(String hiddenColumn) {
        return hidden.contains(hiddenColumn);
    }

    boolean carriesReason() {
        return carries(HiddenColumns.REASON);
    }

    /** The column of that name, or an error that says which there are. */
    Field column(String operation, String name) {
        return schema.field(name)
                .orElseThrow(() -> Refusal.of(
                        "Cannot " + operation + " " + name + ": no such column (columns: " + schema + ")",
                        Nearest.hint(name, schema.names())));
    }

    void columns(String operation, List<String> names) {
        names.forEach(name -> column(operation, name));
    }

    /** Schema columns then hidden ones, quoted. */
    String everything() {
        List<String> all = new ArrayList<>(schema.names());
        all.addAll(hidden);
        return DuckSql.names(all);
    }

    /** The schema with columns' types changed and new columns at the end. */
    Schema with(List<Field> changed) {
        Map<String, Field> byName = new HashMap<>();
        changed.forEach(field -> byName.put(field.name(), field));
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            Field replacement = byName.remove(field.name());
            fields.add(replacement == null ? field : replacement);
        }
        changed.stream().filter(field -> byName.containsKey(field.name())).forEach(fields::add);
        return new Schema(fields);
    }

    List<String> hiddenWithReason() {
        if (carriesReason()) {
            return hidden;
        }
        List<String> more = new ArrayList<>(hidden);
        more.add(HiddenColumns.REASON);
        return more;
    }

    /** DuckDB compares names without case, quoted or not: of two such columns it would silently read the first. */
    private static void refuseAmbiguity(Schema schema) {
        Map<String, String> seen = new HashMap<>();
        for (String name : schema.names()) {
            if (name.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
                throw Refusal.of(
                        "Cannot name a column " + name + ": names that begin with _hw_ are kept for a run's own");
            }
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw Refusal.of(
                        other.equals(name)
                                ? "Cannot have two columns named " + name
                                : "Cannot tell columns " + other + " and " + name + " apart: they differ only in case",
                        "rename one of them where it is extracted");
            }
        }
    }
}
