package io.headworks.connector.postgres.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.postgres.session.PostgresSql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A schema that holds the state of one project, whose id it carries. */
public final class PostgresState implements StateHome {
    /** Anything that no other program takes; "hwst". */
    private static final int LOCK_SPACE = 0x68777374;

    private static final String LONGEST_TRANSACTION = "60s";
    private static final String LONGEST_WAIT = "30s";
    private static final String VERSION = "state_version";

    /** Tables or columns that are not there, or there already. */
    private static final Set<String> DAMAGE = Set.of("42P01", "42703", "42P07", "42P10", "42804");

    /** Groups of failures after which the same work can end well: the connection, the server's end, a lock. */
    private static final List<String> PASSING = List.of("08", "57P", "53300", "55P03", "40", "25P03", "25P04");

    private final PostgresSettings settings;
    private final String schema;
    private final String project;

    private PostgresState(PostgresSettings settings, String schema, String project) {
        this.settings = settings;
        this.schema = schema;
        this.project = project;
    }

    /** @param project its UUID */
    public static PostgresState of(io.headworks.api.connection.Connection connection, String project) {
        return new PostgresState(StateSettings.of(connection), StateSettings.schema(connection), project);
    }

    @Override
    public String place() {
        return "the state at " + settings.place() + ", schema " + schema;
    }

    @Override
    public Connection open() throws SQLException {
        Connection session = new PostgresSessions(settings).open();
        try (Statement statement = session.createStatement()) {
            statement.execute("SET search_path = " + PostgresSql.name(schema));
            // who is stopped inside a transaction must not stop the others
            statement.execute("SET idle_in_transaction_session_timeout = '" + LONGEST_TRANSACTION + "'");
            statement.execute("SET lock_timeout = '" + LONGEST_WAIT + "'");
            return session;
        } catch (SQLException failed) {
            session.close();
            throw failed;
        }
    }

    @Override
    public HeadworksException failure(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        String reason = String.valueOf(failed.getMessage()).strip().replaceAll("\\s+", " ");
        if (DAMAGE.contains(state)) {
            return new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot use " + place() + ": it is damaged (" + reason + ")",
                    "hw state rebuild keeps it aside and makes a new one: positions and slices come back from the"
                            + " targets' ledgers",
                    failed);
        }
        if (state.equals("42501")) {
            return new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use " + place() + " as " + settings.server().user() + ": " + reason,
                    "hw state setup --print-sql prints what its owner has to run",
                    failed);
        }
        PostgresErrors errors = new PostgresErrors(settings, FailureKind.TARGET_UNREACHABLE);
        HeadworksException placed = errors.of("use the state", failed);
        return String.valueOf(placed.getMessage()).contains(settings.place())
                ? placed
                : errors.of("use " + place(), failed);
    }

    @Override
    public boolean mayPass(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return PASSING.stream().anyMatch(state::startsWith)
                || (failed.getSQLState() == null && failed.getCause() instanceof IOException);
    }

    /** The order of a locale would not be the one in which ids were given. */
    @Override
    public String definition(String sql) {
        return sql.replace(" without rowid", "")
                .replaceAll("\\btext\\b", "text collate \"C\"")
                .replaceAll("\\binteger\\b", "bigint");
    }

    @Override
    public String jsonText(String column, List<String> path) {
        String steps = path.stream().collect(Collectors.joining(",", "{", "}"));
        return "(cast(" + column + " as json) #>> " + PostgresSql.text(steps) + ")";
    }

    @Override
    public String jsonNumber(String column, List<String> path) {
        return "cast(" + jsonText(column, path) + " as bigint)";
    }

    @Override
    public String now() {
        return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    /** No text here has a zero byte, neither itself nor as an escape in JSON, nor half of a pair of surrogates. */
    @Override
    public String kept(String text) {
        String whole = StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replace('\0', '\ufffd').replace("\\u0000", "\\ufffd");
    }

    @Override
    public int version(Connection session) throws SQLException {
        try (PreparedStatement there = session.prepareStatement("SELECT 1 FROM pg_class c JOIN pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?")) {
            there.setString(1, schema);
            there.setString(2, VERSION);
            try (ResultSet row = there.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
            }
        }
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, project FROM " + VERSION)) {
            if (!row.next()) {
                throw new SQLException("table " + VERSION + " is empty", "42P01");
            }
            requireOurs(row.getString(2));
            return row.getInt(1);
        }
    }

    private void requireOurs(String owner) {
        if (!owner.equals(project)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use " + place() + ": it is that of project " + owner + " (allowed: " + project + ")",
                    "give each project a schema of its own: state: {schema: …}");
        }
    }

    /** Not IF NOT EXISTS, for which the server wants a right also where the schema exists. */
    @Override
    public List<String> preparation() {
        return List.of(
                "DO $headworks$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = "
                        + PostgresSql.text(schema) + ") THEN CREATE SCHEMA " + PostgresSql.name(schema)
                        + "; END IF; END $headworks$",
                "SET search_path = " + PostgresSql.name(schema),
                "CREATE TABLE " + VERSION + " (version integer NOT NULL, project text NOT NULL)",
                "INSERT INTO " + VERSION + " VALUES (0, " + PostgresSql.text(project) + ")");
    }

    @Override
    public List<String> marking(int version) {
        return List.of("UPDATE " + VERSION + " SET version = " + version);
    }

    @Override
    public List<String> granting() {
        String name = PostgresSql.name(schema);
        String user = PostgresSql.name(settings.server().user());
        return List.of(
                "GRANT USAGE ON SCHEMA " + name + " TO " + user,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + name + " TO " + user);
    }

    @Override
    public void lockDefinitions(Connection session) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("SELECT pg_advisory_xact_lock(?, hashtext(?))")) {
            lock.setInt(1, LOCK_SPACE);
            lock.setString(2, schema);
            lock.execute();
        }
    }

    @Override
    public boolean isThere(Connection session) throws SQLException {
        try (PreparedStatement there = session.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            there.setString(1, schema);
            try (ResultSet row = there.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public Aside aside(String mark) {
        String kept = schema + "_kept_" + mark.toLowerCase(java.util.Locale.ROOT);
        return new Aside(
                "schema " + kept + " at " + settings.place(),
                List.of("ALTER SCHEMA " + PostgresSql.name(schema) + " RENAME TO " + PostgresSql.name(kept)));
    }

    /** The server looks after its pages itself. */
    @Override
    public void requireSound(Connection session) throws SQLException {
        version(session);
    }

    @Override
    public long contentBytes(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (SELECT coalesce(sum(pg_column_size(r.*)), 0) FROM run r)"
                                + " + (SELECT coalesce(sum(pg_column_size(p.*)), 0) FROM plan p)"
                                + " + (SELECT coalesce(sum(pg_column_size(c.*)), 0) FROM check_result c)")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Autovacuum does. */
    @Override
    public void shrink(Connection session) {}
}
