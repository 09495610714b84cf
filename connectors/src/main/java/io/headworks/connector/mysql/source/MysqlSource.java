package io.headworks.connector.mysql.source;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.source.BucketHashing;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.connector.mysql.catalog.Catalog;
import io.headworks.connector.mysql.catalog.StoredTable;
import io.headworks.connector.mysql.session.MysqlErrors;
import io.headworks.connector.mysql.session.MysqlSessions;
import io.headworks.connector.result.ResultRows;
import io.headworks.connector.server.ServerHashing;
import io.headworks.connector.server.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL or MariaDB database to read from. The first look takes a snapshot that is held until the source is closed: what
 * is observed and what is read is one state of the database.
 */
public final class MysqlSource implements Source {
    private final ServerSettings settings;
    private final MysqlSessions sessions;
    private final MysqlErrors errors;
    private @Nullable Snapshot snapshot;

    public MysqlSource(ServerSettings settings) {
        this.settings = settings;
        this.sessions = new MysqlSessions(settings);
        this.errors = new MysqlErrors(settings, FailureKind.SOURCE_UNREACHABLE);
    }

    private Snapshot snapshot() {
        if (snapshot == null) {
            snapshot = errors.translate("connect", () -> Snapshot.take(sessions));
        }
        return snapshot;
    }

    private ExtractSelect select(Extract extract) throws SQLException {
        return ExtractSelect.of(new Catalog(snapshot().connection()), extract);
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        snapshot();
        return errors.translate("look at " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = select(extract);
            Connection session = snapshot().connection();
            // the server reads the conditions too, before anything is planned on them
            Snapshot.text(session, select.sql(null) + " LIMIT 0");
            StoredTable table = select.table();
            return new SourceState(
                    select.schema(),
                    select.estimatedRows(),
                    table == null ? null : table.bytes(),
                    snapshot().clock(),
                    identity(session),
                    table == null ? List.of() : table.primaryKey(),
                    List.of(),
                    table == null ? Map.of() : Map.of("kind", table.view() ? "view" : "table"),
                    notes(table));
        });
    }

    private static List<String> notes(@Nullable StoredTable table) {
        return table == null || table.isTransactional()
                ? List.of()
                : List.of("the table's engine " + table.engine()
                        + " has no snapshots: rows written while it is read may or may not be seen");
    }

    /** The server and the database in it; a server without a number of its own is told by its address. */
    private String identity(Connection session) throws SQLException {
        String server = Snapshot.text(
                session,
                "SELECT VARIABLE_VALUE FROM " + variables(session)
                        + " WHERE VARIABLE_NAME IN ('server_uuid', 'server_uid') LIMIT 1");
        String known = server == null || server.isEmpty() ? settings.host() + ":" + settings.port() : server;
        return "mysql:" + known + "/" + Snapshot.text(session, "SELECT DATABASE()");
    }

    private static String variables(Connection session) throws SQLException {
        boolean maria = session.getMetaData().getDatabaseProductName().equals("MariaDB");
        return maria ? "information_schema.GLOBAL_VARIABLES" : "performance_schema.global_variables";
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return errors.translate("read " + ExtractSelect.name(extract), () -> {
            ExtractSelect select = select(extract);
            return new RowSource.Parallel(
                    select.schema(), List.of(rejects -> open(select, ExtractSelect.name(extract), keys, rejects)));
        });
    }

    private BatchReader open(
            ExtractSelect select, String name, @Nullable KeyRange keys, Consumer<RejectedRow> rejects) {
        Snapshot read = snapshot();
        return errors.translate("read " + name, () -> {
            ResultSet result = read.stream(select.sql(keys));
            return new ResultRows(
                    result,
                    select.schema(),
                    select.cells(),
                    name,
                    rejects,
                    errors::of,
                    whole -> read.end(result, whole));
        });
    }

    @Override
    public BucketHashing hashing() {
        return new ServerHashing(
                new MysqlHashing(new MysqlHashing.Session() {
                    @Override
                    public Connection connection() throws SQLException {
                        return snapshot().connection();
                    }

                    @Override
                    public ExtractSelect select(Extract extract) throws SQLException {
                        return MysqlSource.this.select(extract);
                    }
                }),
                errors);
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return true;
    }

    @Override
    public List<TableName> tables() {
        snapshot();
        return errors.translate(
                "list the tables of " + settings.place(),
                () -> new Catalog(snapshot().connection()).tables());
    }

    @Override
    public List<SourceTable> catalogue() {
        snapshot();
        return errors.translate(
                "list the tables of " + settings.place(),
                () -> new Catalog(snapshot().connection()).listing());
    }

    @Override
    public void close() {
        Snapshot held = snapshot;
        snapshot = null;
        if (held != null) {
            errors.translate("close the connection", () -> {
                held.close();
                return true;
            });
        }
    }
}
