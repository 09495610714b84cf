package io.headworks.connector.postgres.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.catalog.Catalog;
import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.copy.Decoder;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An extract as a SELECT of PostgreSQL, and the columns it gives. */
final class ExtractSelect {
    private final Extract extract;
    private final String from;
    private final @Nullable StoredTable table;
    private final List<StoredColumn> stored;
    private final List<Chosen> chosen = new ArrayList<>();

    private record Chosen(StoredColumn column, Field field, ColumnReading reading) {}

    private ExtractSelect(
            Extract extract,
            String from,
            @Nullable StoredTable table,
            List<StoredColumn> stored,
            ColumnReadings readings) {
        this.extract = extract;
        this.from = from;
        this.table = table;
        this.stored = stored;
        Map<String, ColumnReadings.Unreadable> unreadable = new LinkedHashMap<>();
        for (ColumnChoice choice : choices()) {
            StoredColumn column = find(choice.name());
            DataType type =
                    choice.type() != null ? choice.type() : extract.knownTypes().get(choice.name());
            Optional<ColumnReading> reading = readings.of(column, type);
            if (reading.isPresent()) {
                Field field = new Field(choice.name(), reading.get().type(), !column.notNull());
                chosen.add(new Chosen(column, field, reading.get()));
            } else {
                unreadable.put(choice.name(), ColumnReadings.unreadable(column));
            }
        }
        refuse(unreadable);
    }

    private List<ColumnChoice> choices() {
        return extract.columns().isEmpty()
                ? stored.stream()
                        .map(column -> new ColumnChoice(column.name(), null))
                        .toList()
                : extract.columns();
    }

    /** All at once, and with the key to write: a map of columns names the type of each. */
    private void refuse(Map<String, ColumnReadings.Unreadable> unreadable) {
        if (!unreadable.isEmpty()) {
            Map<String, String> types = new LinkedHashMap<>();
            chosen.forEach(column ->
                    types.put(column.field().name(), column.field().type().toString()));
            unreadable.forEach((name, why) -> types.put(name, why.instead()));
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + name(extract) + ": "
                            + unreadable.values().stream()
                                    .map(ColumnReadings.Unreadable::why)
                                    .collect(Collectors.joining("; ")),
                    "leave it out of columns, or say what to read it as: columns: "
                            + types.entrySet().stream()
                                    .map(type -> type.getKey() + ": \"" + type.getValue() + "\"")
                                    .collect(Collectors.joining(", ", "{", "}")));
        } else if (chosen.isEmpty()) {
            throw refused("it has no column");
        }
    }

    static ExtractSelect of(Catalog catalog, ColumnReadings readings, Extract extract) throws SQLException {
        if (extract.reading() instanceof Reading.Table reading) {
            StoredTable table = catalog.table(reading.name()).orElse(null);
            if (table == null) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + reading.name() + ": no such table, or no right to read it (tables: "
                                + String.join(
                                        ", ",
                                        catalog.tables().stream()
                                                .map(TableName::toString)
                                                .toList())
                                + ")");
            }
            String from = PostgresSql.name(table.schema()) + "." + PostgresSql.name(table.name());
            return new ExtractSelect(extract, from, table, table.columns(), readings);
        } else if (extract.reading() instanceof Reading.Query query) {
            String written = query.sql().strip();
            String bare = written.endsWith(";") ? written.substring(0, written.length() - 1) : written;
            String from = PostgresSql.inside(bare, "the query") + " AS q";
            return new ExtractSelect(extract, from, null, catalog.columnsFrom(from), readings);
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot read files from PostgreSQL: extract.path (allowed: table, query)");
    }

    static String name(Extract extract) {
        return extract.reading() instanceof Reading.Table reading
                ? reading.name().toString()
                : "the query";
    }

    private StoredColumn find(String name) {
        return stored.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .or(() -> stored.stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> refused("no such column '" + name + "' (columns: "
                        + String.join(
                                ", ", stored.stream().map(StoredColumn::name).toList()) + ")"));
    }

    private HeadworksException refused(String why) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot read " + name(extract) + ": " + why);
    }

    String name() {
        return name(extract);
    }

    @Nullable
    StoredTable table() {
        return table;
    }

    /** The server's estimate for a table that is read whole; null where nobody knows. */
    @Nullable
    Long estimatedRows() {
        return table == null || extract.where() != null ? null : table.rows();
    }

    Schema schema() {
        return new Schema(chosen.stream().map(Chosen::field).toList());
    }

    List<Decoder> decoders() {
        return chosen.stream().map(column -> column.reading().decoder()).toList();
    }

    /** The columns in the order of the select list. */
    List<StoredColumn> columns() {
        return chosen.stream().map(Chosen::column).toList();
    }

    /** The column of the table or query with that name. */
    StoredColumn column(String name) {
        return find(name);
    }

    /** A column of the extract as it is read, for an expression. */
    String value(String field) {
        return chosen.stream()
                .filter(column -> column.field().name().equals(field))
                .map(ExtractSelect::expression)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + field + " in " + name(extract)));
    }

    /** FROM, and WHERE where the extract {@link #isFiltered}. */
    String rows() {
        return rows(null, "");
    }

    boolean isFiltered() {
        return extract.where() != null;
    }

    private static String expression(Chosen column) {
        return column.reading().expression(PostgresSql.name(column.column().name()));
    }

    /**
     * The SELECT.
     *
     * @param places a condition on the rows' places in the table; empty for all
     */
    String sql(@Nullable KeyRange keys, String places) {
        return "SELECT " + chosen.stream().map(ExtractSelect::expression).collect(Collectors.joining(", "))
                + rows(keys, places);
    }

    private String rows(@Nullable KeyRange keys, String places) {
        List<String> conditions = new ArrayList<>();
        if (extract.where() != null) {
            conditions.add(PostgresSql.inside(extract.where(), "the where of " + name(extract)));
        }
        if (keys != null) {
            StoredColumn key = find(keys.column());
            conditions.add(KeyCondition.of(keys, PostgresSql.name(key.name()), key.type()));
        }
        if (!places.isEmpty()) {
            conditions.add(places);
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return " FROM " + from + where;
    }
}
