package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.sqlite.SqliteCatalog.StoredColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An extract as a SELECT of SQLite, and the columns it gives. */
final class ExtractSelect {
    private final Connection connection;
    private final Extract extract;
    private final String from;
    private final List<StoredColumn> stored;
    private final boolean table;

    private ExtractSelect(
            Connection connection, Extract extract, String from, List<StoredColumn> stored, boolean table) {
        this.connection = connection;
        this.extract = extract;
        this.from = from;
        this.stored = stored;
        this.table = table;
    }

    static ExtractSelect of(Connection connection, Extract extract) throws SQLException {
        if (extract.reading() instanceof Reading.Table reading) {
            List<StoredColumn> columns = new SqliteCatalog(connection)
                    .columns(reading.name())
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot read " + reading.name() + ": no such table" + tables(connection)));
            return new ExtractSelect(connection, extract, SqliteSql.table(reading.name()), columns, true);
        } else if (extract.reading() instanceof Reading.Query query) {
            return new ExtractSelect(
                    connection,
                    extract,
                    "(" + query.sql() + "\n)",
                    new SqliteCatalog(connection).queryColumns(query.sql()),
                    false);
        }
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot read files from SQLite: extract.path (allowed: table, query)");
    }

    static String name(Extract extract) {
        return extract.reading() instanceof Reading.Table reading
                ? reading.name().toString()
                : "the query";
    }

    private static String tables(Connection connection) {
        List<TableName> tables = SqliteErrors.translate(
                "list tables", FailureKind.SOURCE_UNREACHABLE, () -> new SqliteCatalog(connection).tables());
        return " (tables: "
                + String.join(", ", tables.stream().map(TableName::toString).toList()) + ")";
    }

    List<String> primaryKey() {
        return table ? SqliteCatalog.primaryKey(stored) : List.of();
    }

    /** The count of a table that is read whole; null where counting would mean running the extract. */
    @Nullable
    Long countRows() throws SQLException {
        if (!table || extract.where() != null) {
            return null;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + from);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    Schema schema() throws SQLException {
        List<Field> fields = new ArrayList<>();
        if (extract.columns().isEmpty()) {
            for (StoredColumn column : stored) {
                fields.add(field(column, extract.knownTypes().get(column.name())));
            }
        }
        for (ColumnChoice choice : extract.columns()) {
            StoredColumn column = find(choice.name());
            DataType type =
                    choice.type() != null ? choice.type() : extract.knownTypes().get(choice.name());
            Field field = field(column, type);
            fields.add(new Field(choice.name(), field.type(), field.nullable()));
        }
        return new Schema(fields);
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
                                + String.join(
                                        ", ",
                                        stored.stream().map(StoredColumn::name).toList()) + ")"));
    }

    private Field field(StoredColumn column, @Nullable DataType given) throws SQLException {
        DataType type = given;
        if (type == null) {
            Optional<DataType> declared = SqliteTypes.parse(column.declared());
            type = declared.isPresent() ? declared.get() : new ValueTypes(connection, from).of(column);
        }
        return new Field(column.name(), type, !column.notNull());
    }

    /** Closed by the caller. */
    PreparedStatement statement(Schema schema, @Nullable KeyFilter filter) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT " + SqliteSql.names(schema.names()) + " FROM " + from);
        List<Object> parameters = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        if (extract.where() != null) {
            conditions.add("(" + extract.where() + "\n)");
        }
        if (filter != null) {
            conditions.add(filter.condition().sql());
            parameters.addAll(filter.condition().parameters());
        }
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }
}
