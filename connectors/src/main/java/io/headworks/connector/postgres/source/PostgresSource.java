package io.headworks.connector.postgres.source;

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
import io.headworks.connector.postgres.catalog.Catalog;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.copy.CopyRows;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL database to read from. The first look takes a snapshot that is held until the source is closed: what is
 * observed and what is read, by however many sessions, is one state of the database.
 */
public final class PostgresSource implements Source {
    private static final List<String> ALL = List.of("");
    private final PostgresSettings settings;
    private final PostgresSessions sessions;
    private final PostgresErrors errors;
    private @Nullable Snapshot snapshot;
    private @Nullable ColumnReadings readings;

    public PostgresSource(PostgresSettings settings) {
        this.settings = settings;
        this.sessions = new PostgresSessions(settings);
        this.errors = new PostgresErrors(settings, FailureKind.SOURCE_UNREACHABLE);
    }

    private Snapshot snapshot() throws SQLException {
        if (snapshot == null) {
            snapshot = errors.translate("connect to PostgreSQL", () -> Snapshot.take(sessions));
        }
        return snapshot;
    }

    private ColumnReadings readings() throws SQLException {
        if (readings == null) {
            readings = ColumnReadings.of(snapshot().holder());
        }
        return readings;
    }

    private ExtractSelect select(Extract extract) throws SQLException {
        return ExtractSelect.of(new Catalog(snapshot().holder()), readings(), extract);
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        return errors.translate("look at " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = select(extract);
            Connection holder = snapshot().holder();
            // the server reads the conditions too, before anything is planned on them
            Snapshot.text(holder, select.sql(null, "") + " LIMIT 0");
            StoredTable table = select.table();
            Findings findings = table == null ? null : new Findings(holder, table);
            return new SourceState(
                    select.schema(),
                    select.estimatedRows(),
                    table == null ? null : table.bytes(),
                    snapshot().clock(),
                    identity(holder),
                    table == null ? List.of() : table.primaryKey(),
                    List.of(),
                    findings == null ? Map.of() : findings.detected(),
                    findings == null ? List.of() : findings.notes());
        });
    }

    /** The cluster and the database in it: a copy that was restored elsewhere, or made anew, is another one. */
    private String identity(Connection connection) throws SQLException {
        String database =
                Snapshot.text(connection, "SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()");
        boolean known = "t"
                .equals(Snapshot.text(connection, "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')"));
        String system = known
                ? Snapshot.text(connection, "SELECT system_identifier FROM pg_control_system()")
                : settings.host() + ":" + settings.port();
        return "postgresql:" + system + "/" + database;
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return errors.translate("read " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = select(extract);
            Snapshot held = snapshot();
            boolean byIndex = keys != null && keys.from() != null;
            List<RowSource.Opener> parts = new ArrayList<>();
            for (String pages : held.isShared() && !byIndex ? PageRanges.of(select.table(), held.version()) : ALL) {
                String copy = "COPY (" + select.sql(keys, pages) + ") TO STDOUT (FORMAT binary)";
                parts.add(rejects -> open(held, select, copy, rejects));
            }
            return new RowSource.Parallel(select.schema(), parts);
        });
    }

    private BatchReader open(Snapshot state, ExtractSelect select, String copy, Consumer<RejectedRow> rejects) {
        return errors.translate("read " + select.name(), () -> {
            Connection session = state.join();
            try {
                return new CopyRows(
                        session.unwrap(PGConnection.class).getCopyAPI().copyOut(copy),
                        select.schema(),
                        select.decoders(),
                        select.name(),
                        rejects,
                        errors::of,
                        () -> state.leave(session));
            } catch (SQLException failed) {
                state.leave(session);
                throw failed;
            }
        });
    }

    /** As streams that one statement reads. */
    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return true;
    }

    @Override
    public List<TableName> tables() {
        return errors.translate(
                "list the tables of " + settings.place(),
                () -> new Catalog(snapshot().holder()).tables());
    }

    @Override
    public void close() {
        Snapshot held = snapshot;
        snapshot = null;
        readings = null;
        if (held != null) {
            errors.translate("close the connection", () -> {
                held.close();
                return true;
            });
        }
    }
}
