package io.headworks.duckdb.history;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of the table that a batch concerns, and what they say of each key. */
final class StoredRows {
    private final Layout layout;
    private final Scratch scratch;
    private final Relation stored;
    private final boolean empty;

    /** @param stored null when there are none */
    StoredRows(Layout layout, Scratch scratch, @Nullable Relation stored) {
        this.layout = layout;
        this.scratch = scratch;
        this.empty = stored == null;
        this.stored = stored == null ? none(layout) : stored;
    }

    private static Relation none(Layout layout) {
        String nulls = layout.table().columns().fields().stream()
                .map(field -> "CAST(NULL AS " + DuckTypes.spelling(field.type()) + ") AS " + Layout.name(field))
                .collect(Collectors.joining(", "));
        return new Relation("SELECT " + nulls + " WHERE false", layout.table().columns(), List.of());
    }

    boolean isEmpty() {
        return empty;
    }

    /** What follows FROM, without alias. */
    String from() {
        return "(" + stored.sql() + ")";
    }

    /** A column of the batch in the type that the table has. */
    String cast(String alias, Field field) {
        String value = alias + "." + Layout.name(field);
        String wanted = stored.schema().fields().stream()
                .filter(column -> column.name().equalsIgnoreCase(field.name()))
                .map(column -> DuckTypes.spelling(column.type()))
                .findFirst()
                .orElseGet(() -> DuckTypes.spelling(field.type()));
        return wanted.equals(DuckTypes.spelling(field.type())) ? value : "CAST(" + value + " AS " + wanted + ")";
    }

    /** Keeps the rows of some keys. */
    String keep(String name, String keys) {
        String columns = layout.table().columns().fields().stream()
                .map(field -> "s." + Layout.name(field))
                .collect(Collectors.joining(", "));
        return scratch.keep(
                name,
                "SELECT " + columns + " FROM " + from() + " AS s SEMI JOIN " + keys + " AS k ON "
                        + layout.sameKey("s", "k"));
    }

    /**
     * What the last row of each key says: {@code last_t}, the latest time it knows of; {@code closing}, the kind of what
     * ended its life or NULL; {@code closed_t}, when that was; {@code alive_t}, when it last had values.
     */
    String keepLast(String rows) {
        String l = "l";
        String validity = layout.history().keepsVersions()
                ? "PARTITION BY " + layout.keys(l) + " ORDER BY " + layout.from(l) + " DESC"
                : "PARTITION BY " + layout.keys(l);
        return scratch.keep(
                "last",
                "SELECT l.*, " + closing() + " AS closing, " + closedAt() + " AS closed_t, max(" + latest()
                        + ") OVER (PARTITION BY " + layout.keys(l) + ") AS last_t, max(" + alive()
                        + ") OVER (PARTITION BY " + layout.keys(l) + ") AS alive_t FROM " + rows
                        + " AS l QUALIFY row_number() OVER (" + validity + ") = 1");
    }

    private String alive() {
        String time = layout.confirmedOr("l", Evidence.start(layout, "l"));
        return layout.history().deletes() == Deletes.NEW_RECORD
                ? "CASE WHEN " + layout.mark("l") + " IS DISTINCT FROM true THEN " + time + " END"
                : time;
    }

    private String latest() {
        List<String> times = new ArrayList<>(List.of(Evidence.start(layout, "l"), layout.confirmedOr("l", "NULL")));
        if (layout.history().keepsVersions()) {
            times.add("CASE WHEN NOT (" + layout.isOpen(layout.to("l")) + ") THEN " + layout.to("l") + " END");
        }
        if (layout.table().remembersDeletions()) {
            times.add(Layout.deletedAt("l"));
        }
        return "greatest(" + String.join(", ", times) + ")";
    }

    private String closing() {
        String explicit = layout.table().remembersDeletions() ? Layout.deletedAt("l") + " IS NOT NULL" : "false";
        String kind = "CASE WHEN " + explicit + " THEN " + Layout.DELETION + " ELSE " + Layout.ABSENCE + " END";
        return "CASE WHEN NOT " + layout.isLive("l") + " THEN " + kind + " END";
    }

    private String closedAt() {
        return switch (layout.history().deletes()) {
            case IGNORE -> "CAST(NULL AS TIMESTAMP)";
            case CLOSE -> layout.to("l");
            case NEW_RECORD -> layout.from("l");
            case MARK -> layout.table().remembersDeletions() ? Layout.deletedAt("l") : "CAST(NULL AS TIMESTAMP)";
        };
    }

    /**
     * Columns that some rows do not know because they were tracked later, each with the texts of the rows that lack it.
     *
     * @throws HeadworksException of kind SCHEMA_CHANGE when a column was tracked in another way
     */
    Map<Field, List<String>> unknown(String rows) {
        List<String> texts = scratch.sql()
                .query(
                        "SELECT DISTINCT coalesce(" + Layout.tracked("o") + ", '') AS x FROM " + rows
                                + " AS o ORDER BY x",
                        row -> row.getString(1));
        HistoryTable table = layout.table();
        for (String text : texts) {
            HistoryTable.tracked(text)
                    .forEach((column, number) -> table.type(column)
                            .filter(type -> type.number() != number)
                            .ifPresent(type -> {
                                throw otherType(column, number, type.number());
                            }));
        }
        return table.versioned().stream()
                .collect(Collectors.toMap(
                        field -> field,
                        field -> texts.stream()
                                .filter(text -> !HistoryTable.tracked(text).containsKey(field.name()))
                                .toList(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private HeadworksException otherType(String column, int stored, int declared) {
        return new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot load into " + layout.table().load().table() + ": column '" + column + "' was tracked as type "
                        + stored + " and scd now says " + declared,
                "set it back in scd, or give load.table another name and load it from the start (hw run"
                        + " --full-refresh)");
    }

    /** The same rows with columns that were tracked later filled in the last version, from the batch. */
    String filled(String rows, String observations, Map<Field, List<String>> unknown) {
        List<Map.Entry<Field, List<String>>> fields = unknown.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .toList();
        if (fields.isEmpty()) {
            return rows;
        }
        String last = layout.history().keepsVersions()
                ? layout.from("o") + " = max(" + layout.from("o") + ") OVER (PARTITION BY " + layout.keys("o") + ")"
                : "true";
        String fill = scratch.keep(
                "fill",
                "SELECT x.* FROM " + observations + " AS x JOIN (SELECT " + layout.keys("o") + ", max("
                        + Evidence.start(layout, "o") + ") AS begun FROM " + rows + " AS o GROUP BY "
                        + layout.keys("o") + ") AS o ON " + layout.sameKey("x", "o") + " WHERE x." + Layout.KIND
                        + " = " + Layout.VALUE + " AND x." + Layout.TIME
                        + " >= o.begun QUALIFY row_number() OVER (PARTITION BY " + layout.keys("x") + " ORDER BY x."
                        + Layout.TIME + ") = 1");
        String replaced = fields.stream()
                .map(field -> {
                    String name = Layout.name(field.getKey());
                    return "CASE WHEN o.is_last AND coalesce(" + Layout.tracked("o") + ", '') IN ("
                            + DuckSql.texts(field.getValue()) + ") THEN f." + name + " ELSE o." + name + " END AS "
                            + name;
                })
                .collect(Collectors.joining(", "));
        return scratch.keep(
                "filled",
                "SELECT o.* EXCLUDE (is_last) REPLACE (" + replaced + ") FROM (SELECT o.*, " + last
                        + " AS is_last FROM " + rows + " AS o) AS o LEFT JOIN " + fill + " AS f ON "
                        + layout.sameKey("o", "f"));
    }

    /** The columns of the table as they are stored, in the order of the layout. */
    List<Field> columns() {
        return layout.table().columns().fields().stream()
                .map(field -> stored.schema().fields().stream()
                        .filter(column -> column.name().equalsIgnoreCase(field.name()))
                        .findFirst()
                        .map(column -> new Field(field.name(), column.type()))
                        .orElse(field))
                .toList();
    }
}
