package io.headworks.connector.postgres.source;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.source.BucketHashing;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Frames;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.connector.postgres.catalog.Catalog;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.copy.CopyRows;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.server.ServerHashing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database to read from. The first look takes a snapshot that is held until the source is closed: what is
 * observed and what is read, by however many sessions, is one state of the database.
 */
public final class PostgresSource implements Source {
    private final PostgresSettings settings;
    private final SpareSessions sessions;
    private final PostgresErrors errors;
    private @Nullable Snapshot snapshot;
    private @Nullable Catalog catalog;
    private @Nullable ColumnReadings readings;
    private @Nullable Identified identified;

    public PostgresSource(PostgresSettings settings) {
        this(settings, FailureKind.SOURCE_UNREACHABLE);
    }

    /** @param unreachable the kind for a server that cannot be reached */
    public PostgresSource(PostgresSettings settings, FailureKind unreachable) {
        this.settings = settings;
        this.sessions = new SpareSessions(new PostgresSessions(settings));
        this.errors = new PostgresErrors(settings, unreachable);
    }

    private Snapshot snapshot() throws SQLException {
        if (snapshot == null) {
            snapshot = errors.translate("connect to PostgreSQL", () -> Snapshot.take(sessions));
        }
        return snapshot;
    }

    private Catalog catalog() throws SQLException {
        Connection holder = snapshot().holder();
        if (catalog == null) {
            catalog = new Catalog(holder);
        }
        return catalog;
    }

    private ColumnReadings readings() throws SQLException {
        if (readings == null) {
            readings = ColumnReadings.of(snapshot().holder());
        }
        return readings;
    }

    private ExtractSelect select(Extract extract) throws SQLException {
        return ExtractSelect.of(catalog(), readings(), extract);
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

    /** What a session is connected to stays so as long as it lasts. */
    private record Identified(Connection session, String identity) {}

    private String identity(Connection session) throws SQLException {
        Identified known = identified;
        if (known == null || known.session() != session) {
            known = new Identified(session, look(session));
            identified = known;
        }
        return known.identity();
    }

    /** The cluster and the database in it: a copy that was restored elsewhere, or made anew, is another one. */
    private String look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT oid, has_function_privilege('pg_control_system()', 'EXECUTE')"
                                + " FROM pg_catalog.pg_database WHERE datname = current_database()")) {
            row.next();
            String database = row.getString(1);
            String system = row.getBoolean(2)
                    ? Snapshot.text(connection, "SELECT system_identifier FROM pg_control_system()")
                    : settings.server().host() + ":" + settings.server().port();
            return "postgresql:" + system + "/" + database;
        }
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return errors.translate("read " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = select(extract);
            Snapshot held = snapshot();
            List<RowSource.Opener> parts = new ArrayList<>();
            List<String> ranges =
                    held.isShared() ? new Ranges(held, select, keys).selects() : List.of(select.sql(keys, ""));
            for (String range : ranges) {
                String copy = "COPY (" + range + ") TO STDOUT (FORMAT binary)";
                parts.add(rejects -> open(held, select, copy, rejects));
            }
            return new RowSource.Parallel(select.schema(), parts);
        });
    }

    private BatchReader open(Snapshot state, ExtractSelect select, String copy, Consumer<RejectedRow> rejects) {
        return errors.translate("read " + select.name(), () -> {
            ResumedCopy rows = ResumedCopy.begin(state, copy);
            return new CopyRows(
                    rows, select.schema(), select.decoders(), select.name(), rejects, errors::of, rows::leave);
        });
    }

    @Override
    public @Nullable Frames frames(Extract extract, SourceState state) {
        return errors.translate(
                        "look at " + ExtractSelect.name(extract),
                        () -> UndecodedRows.of(snapshot(), select(extract), extract, errors))
                .orElse(null);
    }

    @Override
    public BucketHashing hashing() {
        return new ServerHashing(
                new PostgresHashing(new PostgresHashing.Session() {
                    @Override
                    public Connection connection() throws SQLException {
                        return snapshot().holder();
                    }

                    @Override
                    public ExtractSelect select(Extract extract) throws SQLException {
                        return PostgresSource.this.select(extract);
                    }
                }),
                errors);
    }

    /** As streams that one statement reads. */
    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return true;
    }

    @Override
    public boolean tellsCaseApart() {
        return true;
    }

    @Override
    public List<TableName> tables() {
        return errors.translate(
                "list the tables of " + settings.place(), () -> catalog().tables());
    }

    @Override
    public List<SourceTable> catalogue() {
        return errors.translate(
                "list the tables of " + settings.place(), () -> catalog().listing());
    }

    @Override
    public boolean rest() {
        Snapshot held = snapshot;
        snapshot = null;
        catalog = null;
        if (held != null) {
            errors.translate("end the snapshot", () -> {
                held.end();
                return true;
            });
        }
        return true;
    }

    @Override
    public void close() {
        Snapshot held = snapshot;
        snapshot = null;
        catalog = null;
        readings = null;
        errors.translate("close the connection", () -> {
            try (sessions) {
                if (held != null) {
                    held.close();
                }
            }
            return true;
        });
    }
}
