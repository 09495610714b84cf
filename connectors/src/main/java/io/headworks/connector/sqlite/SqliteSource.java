package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file to read from. The first look begins a read transaction that is held until the source is closed: what is
 * observed and what is read is one snapshot, and nothing that is committed meanwhile is in it.
 */
final class SqliteSource implements Source {
    private final Path file;
    private final String identity;
    private @Nullable Connection connection;

    /** @param identity what the file is called in the project */
    SqliteSource(Path file, String identity) {
        this.file = file;
        this.identity = identity;
    }

    private Connection snapshot() throws SQLException {
        if (connection == null) {
            if (!Files.isRegularFile(file)) {
                throw new HeadworksException(FailureKind.SOURCE_UNREACHABLE, "Cannot open " + file + ": no such file");
            }
            connection = SqliteFile.toRead(file);
            SqliteFile.execute(connection, "BEGIN DEFERRED");
        }
        return connection;
    }

    private <T> T reading(String what, SqliteErrors.Work<T> work) {
        return SqliteErrors.translate(what, FailureKind.SOURCE_UNREACHABLE, work);
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        String what = ExtractSelect.name(extract);
        return reading("look at " + what, () -> {
            ExtractSelect select = ExtractSelect.of(snapshot(), extract);
            return new SourceState(
                    select.schema(),
                    select.countRows(),
                    file.toFile().length(),
                    clock(),
                    identity,
                    select.primaryKey(),
                    List.of(),
                    Map.of(),
                    List.of());
        });
    }

    private Instant clock() throws SQLException {
        try (PreparedStatement statement = snapshot().prepareStatement("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Instant.parse(row.getString(1));
        }
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return new RowSource.Streamed(rejects -> {
            try {
                KeyFilter filter = keys == null ? null : KeyFilter.of(keys);
                PreparedStatement statement =
                        ExtractSelect.of(snapshot(), extract).statement(state.schema(), filter);
                return new SqliteRows(statement, state.schema(), ExtractSelect.name(extract), filter, rejects);
            } catch (SQLException failed) {
                throw new IOException(
                        "Cannot read " + ExtractSelect.name(extract) + ": " + failed.getMessage(), failed);
            }
        });
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return false;
    }

    @Override
    public List<TableName> tables() {
        return reading("list the tables of " + file, () -> new SqliteCatalog(snapshot()).tables());
    }

    @Override
    public List<SourceTable> catalogue() {
        return reading("list the tables of " + file, () -> new SqliteCatalog(snapshot()).listing());
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            reading("close " + file, () -> {
                open.close();
                return true;
            });
        }
    }
}
