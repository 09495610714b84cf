package io.headworks.connector.mysql.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.server.ServerErrors;
import io.headworks.connector.server.ServerNamespaces;
import io.headworks.connector.server.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Databases of a run's own on a MySQL or MariaDB server. A statement can name the tables of any database. */
public final class MysqlNamespaces implements ServerNamespaces.Server {
    private static final int FORBIDDEN = 1044;

    private final ServerSettings settings;
    private final MysqlErrors errors;

    public MysqlNamespaces(ServerSettings settings) {
        this.settings = settings;
        this.errors = new MysqlErrors(settings, FailureKind.TARGET_UNREACHABLE);
    }

    @Override
    public Connection open() throws SQLException {
        return new MysqlSessions(settings).open();
    }

    @Override
    public ServerErrors errors() {
        return errors;
    }

    @Override
    public String place() {
        return settings.place();
    }

    @Override
    public void hold(Statement session, String name) throws SQLException {
        session.execute("SELECT GET_LOCK(" + MysqlSql.text(name) + ", 0)");
    }

    @Override
    public boolean isHeld(Statement session, String name) throws SQLException {
        try (ResultSet row = session.executeQuery("SELECT IS_USED_LOCK(" + MysqlSql.text(name) + ") IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public List<String> names(Statement session) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row =
                session.executeQuery("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME REGEXP "
                        + MysqlSql.text(ServerNamespaces.PATTERN) + " ORDER BY SCHEMA_NAME")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    @Override
    public String create(Statement session, String name) throws SQLException {
        try (ResultSet row = session.executeQuery("SELECT @@character_set_database, @@collation_database")) {
            row.next();
            return "CREATE DATABASE " + MysqlSql.name(name) + " CHARACTER SET " + MysqlSql.name(row.getString(1))
                    + " COLLATE " + MysqlSql.name(row.getString(2));
        }
    }

    @Override
    public void drop(Statement session, String name) throws SQLException {
        session.execute("DROP DATABASE IF EXISTS " + MysqlSql.name(name));
    }

    @Override
    public boolean isForbidden(SQLException failed) {
        return failed.getErrorCode() == FORBIDDEN;
    }

    @Override
    public String grant() {
        return "GRANT ALL ON `hw\\_verify\\_%`.* TO " + MysqlSql.name(settings.user());
    }

    @Override
    public boolean confinesStatements() {
        return false;
    }
}
