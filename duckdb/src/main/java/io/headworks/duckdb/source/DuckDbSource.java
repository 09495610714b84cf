package io.headworks.duckdb.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.api.source.TableListing;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.scan.DatabaseSelect;
import io.headworks.duckdb.sql.DuckSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables of a DuckDB file, read in place. */
final class DuckDbSource implements Source {
    private final DuckDbSession session;
    private final Path file;
    private final Clock clock;
    private final String wantedName;
    private final String identity;
    private @Nullable String catalog;

    /** @param identity where the project finds the file */
    DuckDbSource(DuckDbSession session, Path file, String wantedName, String identity, Clock clock) {
        this.session = session;
        this.file = file;
        this.wantedName = wantedName;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        Reading reading = reading(extract);
        Schema all = session.sql().describe("SELECT * FROM " + rows(reading));
        return new SourceState(
                wanted(all, extract.columns(), reading.name()),
                reading.table() == null ? null : estimate(reading.table()),
                null,
                clock.instant(),
                identity,
                reading.table() == null ? List.of() : primaryKey(reading.table()),
                List.of(),
                Map.of(),
                List.of());
    }

    private String rows(Reading reading) {
        return DatabaseSelect.rows(session.sql(), reading.table(), reading.query(), catalog());
    }

    private @Nullable Long estimate(TableName table) {
        return session
                .sql()
                .query("SELECT estimated_size FROM duckdb_tables() WHERE " + named(table), row -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private List<String> primaryKey(TableName table) {
        return session.sql()
                .query(
                        "SELECT unnest(constraint_column_names) FROM duckdb_constraints() WHERE " + named(table)
                                + " AND constraint_type = 'PRIMARY KEY'",
                        row -> row.getString(1));
    }

    private String named(TableName table) {
        String schema = table.schema() == null ? "main" : table.schema();
        return "database_name = " + DuckSql.text(catalog()) + " AND lower(schema_name) = lower(" + DuckSql.text(schema)
                + ") AND lower(table_name) = lower(" + DuckSql.text(table.table()) + ")";
    }

    private static Schema wanted(Schema all, List<ColumnChoice> columns, String from) {
        if (columns.isEmpty()) {
            return all;
        }
        List<Field> fields = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ColumnChoice column : columns) {
            Optional<Field> field = all.field(column.name());
            if (field.isEmpty()) {
                missing.add(column.name());
            } else {
                DataType type = column.type() == null ? field.get().type() : column.type();
                fields.add(new Field(column.name(), type, field.get().nullable()));
            }
        }
        if (!missing.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + from + ": no column " + String.join(", ", missing) + " (columns: " + all + ")");
        }
        return new Schema(fields);
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        List<ScanColumn> columns = state.schema().fields().stream()
                .map(field -> new ScanColumn(field.name(), field.type(), ScanColumn.Origin.DATA, field.name(), -1))
                .toList();
        Reading reading = reading(extract);
        return new RowSource.InPlace(
                new Scan.Database(file, reading.table(), reading.query(), extract.where(), keys, columns));
    }

    @Override
    public List<TableName> tables() {
        return session.sql()
                .query(
                        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = "
                                + DuckSql.text(catalog()) + " AND schema_name <> 'headworks' ORDER BY ALL",
                        row -> new TableName(row.getString(1), row.getString(2)));
    }

    @Override
    public List<SourceTable> catalogue() {
        TableListing tables = new TableListing();
        session.sql()
                .query(
                        "SELECT c.schema_name, c.table_name, c.schema_name = 'main', t.table_name IS NULL, c.column_name"
                                + " FROM duckdb_columns() c LEFT JOIN duckdb_tables() t ON t.database_name = c.database_name"
                                + " AND t.schema_name = c.schema_name AND t.table_name = c.table_name"
                                + " WHERE c.database_name = " + DuckSql.text(catalog())
                                + " AND NOT c.internal AND c.schema_name <> 'headworks'"
                                + " ORDER BY c.schema_name, c.table_name, c.column_index",
                        row -> new Row(
                                new TableName(row.getString(1), row.getString(2)),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getString(5)))
                .forEach(row -> tables.add(row.table(), row.home(), row.view(), row.column()));
        return tables.tables();
    }

    private record Row(TableName table, boolean home, boolean view, String column) {}

    /** Exactly one of the two is there. */
    private record Reading(
            @Nullable TableName table, @Nullable String query) {
        String name() {
            return table == null ? "the query" : table.toString();
        }
    }

    private Reading reading(Extract extract) {
        if (extract.reading() instanceof Extract.Reading.Table table) {
            return new Reading(table.name(), null);
        } else if (extract.reading() instanceof Extract.Reading.Query query) {
            return new Reading(null, query.sql());
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read " + file.getFileName() + " by a path: a DuckDB file is read by table or query");
    }

    private String catalog() {
        if (catalog == null) {
            if (!Files.isRegularFile(file)) {
                throw new HeadworksException(
                        FailureKind.SOURCE_UNREACHABLE, "Cannot read " + file + ": there is no such file");
            }
            catalog = session.attach(file, wantedName, true);
        }
        return catalog;
    }

    @Override
    public void close() {
        if (catalog != null) {
            catalog = null;
            session.detach(file);
        }
    }
}
