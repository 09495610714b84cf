package io.headworks.connector.jdbc.source;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.connector.jdbc.catalog.Catalog;
import io.headworks.connector.jdbc.catalog.StoredTable;
import io.headworks.connector.jdbc.session.JdbcErrors;
import io.headworks.connector.jdbc.session.JdbcSessions;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.result.ResultRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A database to read from. The first look begins a transaction that is held until the source is closed: what is observed
 * and what is read is one state of the database.
 */
public final class JdbcSource implements Source {
    private final JdbcSettings settings;
    private final JdbcSessions sessions;
    private final JdbcErrors errors;
    private @Nullable Snapshot snapshot;

    public JdbcSource(JdbcSettings settings) {
        this.settings = settings;
        this.sessions = new JdbcSessions(settings);
        this.errors = new JdbcErrors(settings, FailureKind.SOURCE_UNREACHABLE);
    }

    private Snapshot snapshot() {
        if (snapshot == null) {
            snapshot = errors.translate("connect", () -> Snapshot.take(sessions));
        }
        return snapshot;
    }

    private Catalog catalog() {
        return new Catalog(snapshot().connection(), settings.dialect());
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        snapshot();
        return errors.translate("look at " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = ExtractSelect.of(settings.dialect(), catalog(), extract);
            // the server reads the conditions too, before anything is planned on them
            try (PreparedStatement statement = snapshot().connection().prepareStatement(select.sql(null))) {
                statement.getMetaData();
            }
            StoredTable table = select.table();
            return new SourceState(
                    select.schema(),
                    null,
                    null,
                    snapshot().clock(),
                    "jdbc:" + settings.dialect().key() + ":" + settings.place(),
                    table == null ? List.of() : table.primaryKey(),
                    List.of(),
                    table == null ? Map.of() : Map.of("kind", table.view() ? "view" : "table"),
                    notes());
        });
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!settings.dialect().forms().inUtc()) {
            notes.add("times are those of the server's own zone, as its clock is: nothing says which");
        }
        return notes;
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return new RowSource.Streamed(rejects -> open(extract, keys, rejects));
    }

    private BatchReader open(Extract extract, @Nullable KeyRange keys, Consumer<RejectedRow> rejects) {
        String name = ExtractSelect.name(extract);
        Snapshot read = snapshot();
        return errors.translate("read " + name, () -> {
            ExtractSelect select = ExtractSelect.of(settings.dialect(), catalog(), extract);
            ResultSet result = read.stream(select.sql(keys));
            return new ResultRows(
                    result, select.schema(), select.cells(), name, rejects, errors::of, whole -> result.close());
        });
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return false;
    }

    @Override
    public boolean tellsCaseApart() {
        return true;
    }

    @Override
    public List<TableName> tables() {
        snapshot();
        return errors.translate(
                "list the tables of " + settings.place(), () -> catalog().tables());
    }

    @Override
    public List<SourceTable> catalogue() {
        snapshot();
        return errors.translate(
                "list the tables of " + settings.place(), () -> catalog().listing());
    }

    @Override
    public void close() {
        Snapshot held = snapshot;
        snapshot = null;
        try (sessions) {
            if (held != null) {
                errors.translate("close the connection", () -> {
                    held.close();
                    return true;
                });
            }
        }
    }
}
