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
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbSession;
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
    private @Nullable String catalog;

    DuckDbSource(DuckDbSession session, Path file, String wantedName, Clock clock) {
        this.session = session;
        this.file = file;
        this.wantedName = wantedName;
        this.clock = clock;
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        TableName table = table(extract);
        Schema all = session.sql().describe("SELECT * FROM " + DuckSql.table(catalog(), table));
        Schema wanted = wanted(all, extract.columns(), table);
        String of = "database_name = " + DuckSql.text(catalog()) + " AND schema_name = "
                + DuckSql.text(table.schema() == null ? "main" : table.schema()) + " AND table_name = "
                + DuckSql.text(table.table());
        Long rows =
                session
                        .sql()
                        .query("SELECT estimated_size FROM duckdb_tables() WHERE " + of, row -> row.getLong(1))
                        .stream()
                        .findFirst()
                        .orElse(null);
        List<String> key = session.sql()
                .query(
                        "SELECT unnest(constraint_column_names) FROM duckdb_constraints() WHERE " + of
                                + " AND constraint_type = 'PRIMARY KEY'",
                        row -> row.getString(1));
        return new SourceState(
                wanted,
                rows,
                null,
                clock.instant(),
                "duckdb:" + file.getFileName(),
                key,
                List.of(),
                Map.of(),
                List.of());
    }

    private static Schema wanted(Schema all, List<ColumnChoice> columns, TableName table) {
        if (columns.isEmpty()) {
            return all;
        }
        List<Field> fields = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ColumnChoice column : columns) {
            Optional<Field> field = all.field(column.name());
            if (field.isEmpty()) {
                missing.add(column.name());
            } else if (column.type() != null
                    && !column.type().equals(field.get().type())) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + table + ": column '" + column.name() + "' is "
                                + field.get().type() + " there, not " + column.type(),
                        "leave its type out of extract.columns, and cast it in a stage");
            } else {
                fields.add(field.get());
            }
        }
        if (!missing.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + table + ": no column " + String.join(", ", missing) + " (columns: " + all + ")");
        }
        return new Schema(fields);
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        List<ScanColumn> columns = state.schema().fields().stream()
                .map(field -> new ScanColumn(field.name(), field.type(), ScanColumn.Origin.DATA, field.name(), -1))
                .toList();
        return new RowSource.InPlace(new Scan.Database(file, table(extract), null, extract.where(), keys, columns));
    }

    @Override
    public List<TableName> tables() {
        return session.sql()
                .query(
                        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = "
                                + DuckSql.text(catalog()) + " AND schema_name <> 'headworks' ORDER BY ALL",
                        row -> new TableName(row.getString(1), row.getString(2)));
    }

    private TableName table(Extract extract) {
        if (extract.reading() instanceof Extract.Reading.Table table) {
            return table.name();
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read " + file.getFileName() + " by a query: not yet built for DuckDB files",
                "name a table, and write the query as a stage: sql: FILE");
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
