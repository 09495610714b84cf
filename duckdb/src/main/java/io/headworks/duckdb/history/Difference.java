package io.headworks.duckdb.history;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What must be written so that the stored rows become the versions worked out.
 *
 * @param rows the rows of the keys as they should be
 * @param merged those to be merged, with {@link HiddenColumns#OP}
 * @param touched keys with a row to be merged
 */
record Difference(String rows, String merged, String touched) {

    static Difference of(
            Layout layout, StoredRows table, String stored, String versions, String latest, Scratch scratch) {
        Making making = new Making(layout, table);
        String rows = scratch.keep("rows", making.rows(versions, latest));
        String merged = scratch.keep("merged", making.merged(rows, stored));
        String touched = scratch.keep("touched", "SELECT DISTINCT " + layout.keys("m") + " FROM " + merged + " AS m");
        return new Difference(rows, merged, touched);
    }

    Relation relation(StoredRows table) {
        Schema schema = new Schema(table.columns());
        return new Relation(
                "SELECT " + DuckSql.names(schema.names()) + ", " + DuckSql.name(HiddenColumns.OP) + " FROM " + merged,
                schema,
                List.of(HiddenColumns.OP));
    }

    private record Making(Layout layout, StoredRows table) {

        String rows(String versions, String latest) {
            Map<String, String> values = new LinkedHashMap<>();
            layout.table().batch().fields().forEach(field -> values.put(field.name(), value(field)));
            for (Field field : layout.table().of(Type.PREVIOUS, Type.HYBRID)) {
                for (String added : List.of(
                        HistoryTable.current(field.name()),
                        HistoryTable.previous(field.name()),
                        HistoryTable.since(field.name()),
                        HistoryTable.until(field.name()))) {
                    values.put(added, "l." + DuckSql.name(added));
                }
            }
            values.putAll(structure());
            String columns = table.columns().stream()
                    .map(field -> "CAST(" + values.get(field.name()) + " AS " + DuckTypes.spelling(field.type())
                            + ") AS " + Layout.name(field))
                    .collect(Collectors.joining(", "));
            return "SELECT " + columns + " FROM " + versions + " AS v JOIN " + latest + " AS l ON "
                    + layout.sameKey("v", "l");
        }

        private String value(Field field) {
            String name = Layout.name(field);
            if (layout.table().load().mergeKeys().contains(field.name())) {
                return "v." + name;
            } else if (field.name().equals(layout.history().validAt())) {
                return Layout.businessTime("v.conf", field.type());
            } else if (layout.table().load().orderBy().contains(field.name())) {
                return "v." + Layout.ORDER + "." + name;
            }
            boolean versioned = layout.table().type(field.name()).orElseThrow().opensVersions();
            return versioned ? "v." + Layout.VALUES + "." + name : "l." + name;
        }

        private Map<String, String> structure() {
            History history = layout.history();
            Map<String, String> values = new LinkedHashMap<>();
            if (history.names().surrogate() != null) {
                values.put(
                        history.names().surrogate(),
                        Surrogate.sql(layout, "v", history.keepsVersions() ? "v.f" : null));
            }
            values.put(history.names().from(), "v.f");
            values.put(history.names().to(), "v.t_to");
            if (history.names().current() != null) {
                values.put(history.names().current(), isOpen());
            }
            values.put(history.names().deleted(), "v.dead");
            values.put(HistoryTable.CONFIRMED, "v.conf");
            values.put(HistoryTable.DELETED, "v.deleted_at");
            values.put(HistoryTable.TRACKED, DuckSql.text(layout.table().tracked()));
            return values;
        }

        private String isOpen() {
            return "coalesce(" + layout.isOpen("v.t_to") + ", false)";
        }

        String merged(String rows, String stored) {
            List<Field> columns = table.columns();
            String names = Layout.list("n", columns);
            String sameRow = layout.sameKey("n", "o")
                    + (layout.history().keepsVersions() ? " AND " + layout.from("n") + " = " + layout.from("o") : "");
            List<Field> compared = new ArrayList<>(columns);
            compared.removeIf(field -> field.name().equals(HistoryTable.TRACKED));
            String op = " AS " + DuckSql.name(HiddenColumns.OP);
            return "SELECT " + names + ", 'upsert'" + op + " FROM " + rows + " AS n ANTI JOIN " + stored + " AS o ON "
                    + sameRow + " AND " + Layout.same(compared, "n", "o") + " UNION ALL SELECT "
                    + Layout.list("o", columns) + ", 'delete' FROM " + stored + " AS o ANTI JOIN " + rows
                    + " AS n ON " + sameRow;
        }
    }
}
