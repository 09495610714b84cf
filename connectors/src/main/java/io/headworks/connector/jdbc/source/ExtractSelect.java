package io.headworks.connector.jdbc.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.jdbc.catalog.Catalog;
import io.headworks.connector.jdbc.catalog.StoredColumn;
import io.headworks.connector.jdbc.catalog.StoredTable;
import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.connector.result.Cells;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An extract as a SELECT, and the columns it gives. */
final class ExtractSelect {
    private final Dialect dialect;
    private final Extract extract;
    private final String from;
    private final @Nullable StoredTable table;
    private final List<StoredColumn> stored;
    private final List<Chosen> chosen = new ArrayList<>();

    private record Chosen(StoredColumn column, Field field, ColumnReading reading) {}

    private ExtractSelect(
            Dialect dialect, Extract extract, String from, @Nullable StoredTable table, List<StoredColumn> stored) {
        this.dialect = dialect;
        this.extract = extract;
        this.from = from;
        this.table = table;
        this.stored = stored;
        if (extract.columns().isEmpty()) {
            stored.forEach(column -> choose(column, new ColumnChoice(column.name(), null)));
        }
        extract.columns().forEach(choice -> choose(find(choice.name()), choice));
    }

    static ExtractSelect of(Dialect dialect, Catalog catalog, Extract extract) throws SQLException {
        if (extract.reading() instanceof Reading.Table reading) {
            StoredTable table = catalog.table(reading.name()).orElse(null);
            if (table == null) {
                throw missing(reading.name(), catalog.tables());
            }
            String from = dialect.name(String.valueOf(table.name().schema())) + "."
                    + dialect.name(table.name().table());
            return new ExtractSelect(dialect, extract, from, table, table.columns());
        } else if (extract.reading() instanceof Reading.Query query) {
            String select = query.sql().strip();
            String bare = select.endsWith(";") ? select.substring(0, select.length() - 1) : select;
            return new ExtractSelect(dialect, extract, "(" + bare + "\n) AS q", null, catalog.columnsOf(bare));
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot read files from a database: extract.path (allowed: table, query)");
    }

    private static HeadworksException missing(TableName name, List<TableName> tables) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read " + name + ": no such table, or no right to read it (tables: "
                        + tables.stream().map(TableName::toString).collect(Collectors.joining(", ")) + ")");
    }

    static String name(Extract extract) {
        return extract.reading() instanceof Reading.Table reading
                ? reading.name().toString()
                : "the query";
    }

    private void choose(StoredColumn column, ColumnChoice choice) {
        ColumnReading reading = new ColumnReadings(dialect)
                .of(
                        column,
                        choice.type() != null
                                ? choice.type()
                                : extract.knownTypes().get(choice.name()));
        chosen.add(new Chosen(column, new Field(choice.name(), reading.type(), !column.notNull()), reading));
    }

    private StoredColumn find(String name) {
        return stored.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .or(() -> stored.stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read column '" + name + "' of " + name(extract) + ": no such column (columns: "
                                + stored.stream().map(StoredColumn::name).collect(Collectors.joining(", ")) + ")"));
    }

    @Nullable
    StoredTable table() {
        return table;
    }

    Schema schema() {
        return new Schema(chosen.stream().map(Chosen::field).toList());
    }

    /** New ones for each reading. */
    List<Cells> cells() {
        return chosen.stream().map(column -> column.reading().cells().get()).toList();
    }

    String sql(@Nullable KeyRange keys) {
        String expressions = chosen.stream()
                .map(column ->
                        column.reading().expression(dialect.name(column.column().name())))
                .collect(Collectors.joining(", "));
        List<String> conditions = new ArrayList<>();
        if (extract.where() != null) {
            conditions.add("(" + extract.where() + "\n)");
        }
        if (keys != null) {
            conditions.add(KeyCondition.of(
                    dialect, keys, dialect.name(find(keys.column()).name())));
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT " + expressions + " FROM " + from + where;
    }
}
