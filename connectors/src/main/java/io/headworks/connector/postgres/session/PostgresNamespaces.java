package io.headworks.connector.postgres.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.server.ServerErrors;
import io.headworks.connector.server.ServerNamespaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Databases of a run's own on a PostgreSQL server. Its sessions cannot leave their database. */
public final class PostgresNamespaces implements ServerNamespaces.Server {
    private static final String FORBIDDEN = "42501";
    private static final String IN_USE = "55006";
    /** Of our advisory locks on names; the second key is the name's hash. */
    private static final int NAMES = 0x68_77_76_66;

    private final PostgresSettings settings;
    private final PostgresErrors errors;

    public PostgresNamespaces(PostgresSettings settings) {
        this.settings = settings;
        this.errors = new PostgresErrors(settings, FailureKind.TARGET_UNREACHABLE);
    }

    @Override
    public Connection open() throws SQLException {
        return new PostgresSessions(settings).open();
    }

    @Override
    public ServerErrors errors() {
        return errors;
    }

    @Override
    public String place() {
        return settings.place();
    }

    /** Two names with one hash hold each other's: a database that nobody needs then stays until later. */
    @Override
    public void hold(Statement session, String name) throws SQLException {
        session.execute("SELECT pg_advisory_lock_shared(" + NAMES + ", " + hash(name) + ")");
    }

    /** Locks of other databases are seen as well. */
    @Override
    public boolean isHeld(Statement session, String name) throws SQLException {
        try (ResultSet row = session.executeQuery(
                "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = "
                        + NAMES + " AND objid = " + hash(name))) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    private static int hash(String name) {
        return name.hashCode() & Integer.MAX_VALUE;
    }

    @Override
    public List<String> names(Statement session) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = session.executeQuery("SELECT datname FROM pg_catalog.pg_database WHERE datname ~ "
                + PostgresSql.text(ServerNamespaces.PATTERN)
                + " AND pg_get_userbyid(datdba) = current_user ORDER BY datname")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** Of template0: what an administrator put into new databases is not ours to copy. */
    @Override
    public String create(Statement session, String name) throws SQLException {
        try (ResultSet row = session.executeQuery("SELECT pg_encoding_to_char(encoding), datcollate, datctype"
                + " FROM pg_catalog.pg_database WHERE datname = current_database()")) {
            row.next();
            return "CREATE DATABASE " + PostgresSql.name(name) + " TEMPLATE template0 ENCODING "
                    + PostgresSql.text(row.getString(1)) + " LC_COLLATE " + PostgresSql.text(row.getString(2))
                    + " LC_CTYPE " + PostgresSql.text(row.getString(3));
        }
    }

    /** Not WITH (FORCE), which is refused while the server's own vacuum is there; the plain form sends that away. */
    @Override
    public void drop(Statement session, String name) throws SQLException {
        String drop = "DROP DATABASE IF EXISTS " + PostgresSql.name(name);
        try {
            session.execute(drop);
        } catch (SQLException failed) {
            if (!IN_USE.equals(failed.getSQLState())) {
                throw failed;
            }
            session.execute("SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = "
                    + PostgresSql.text(name) + " AND usename = current_user");
            session.execute(drop);
        }
    }

    @Override
    public boolean isForbidden(SQLException failed) {
        return FORBIDDEN.equals(failed.getSQLState());
    }

    @Override
    public String grant() {
        return "ALTER ROLE " + PostgresSql.name(settings.server().user()) + " CREATEDB";
    }

    @Override
    public boolean confinesStatements() {
        return true;
    }
}
