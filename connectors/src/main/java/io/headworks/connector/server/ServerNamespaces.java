package io.headworks.connector.server;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.target.Namespaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Databases {@code hw_verify_<run>_<n>}. One session holds the run's name for as long as it is open; those whose run's name
 * nobody holds are abandoned.
 */
public final class ServerNamespaces implements Namespaces {
    private static final String PREFIX = "hw_verify_";
    private static final int RUN_CHARACTERS = 32;

    /** A regular expression for the names that we give and nobody else. */
    public static final String PATTERN = "^" + PREFIX + "[0-9a-f]{" + RUN_CHARACTERS + "}_[0-9]+$";

    private final Server server;
    private final String run;
    private final List<String> left = new ArrayList<>();
    private @Nullable Connection session;
    private int made;

    /** @param runId a UUID */
    public ServerNamespaces(Server server, String runId) {
        this.server = server;
        this.run = runId.replace("-", "");
    }

    /** How one kind of server does it. */
    public interface Server {
        /** A session that commits each statement by itself. */
        Connection open() throws SQLException;

        ServerErrors errors();

        /** Host and database, for messages. */
        String place();

        /** Holds a name until the session ends. */
        void hold(Statement session, String name) throws SQLException;

        /** True when some session holds the name, whichever database it is in. */
        boolean isHeld(Statement session, String name) throws SQLException;

        /** The databases named as {@link ServerNamespaces#PATTERN} says that this user may drop. */
        List<String> names(Statement session) throws SQLException;

        /** What makes a database with the character set and collation of the session's own. */
        String create(Statement session, String name) throws SQLException;

        /** Drops a database if it is there, even where sessions of this user are still in it. */
        void drop(Statement session, String name) throws SQLException;

        /** True when the user lacks the right to create. */
        boolean isForbidden(SQLException failed);

        /** The statement that gives him the right. */
        String grant();

        /** See {@link Namespaces#confinesStatements}. */
        boolean confinesStatements();
    }

    @Override
    public List<String> dropAbandoned() {
        List<String> abandoned = work("look for databases of earlier runs", session -> {
            List<String> names = new ArrayList<>();
            for (String name : server.names(session)) {
                if (!server.isHeld(session, name.substring(PREFIX.length(), PREFIX.length() + RUN_CHARACTERS))) {
                    names.add(name);
                }
            }
            return names;
        });
        abandoned.forEach(this::drop);
        return abandoned;
    }

    @Override
    public String make() {
        String name = PREFIX + run + "_" + ++made;
        left.add(name);
        return work("make database " + name, session -> {
            try {
                session.execute(server.create(session, name));
                return name;
            } catch (SQLException failed) {
                if (server.isForbidden(failed)) {
                    left.remove(name);
                    throw new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot make database " + name + " at " + server.place() + ": the user may not ("
                                    + failed.getMessage() + ")",
                            "have the owner run " + server.grant()
                                    + "; or name another connection of this type that may with --in",
                            failed);
                }
                throw failed;
            }
        });
    }

    @Override
    public void drop(String name) {
        work("drop database " + name, session -> {
            server.drop(session, name);
            return name;
        });
        left.remove(name);
    }

    @Override
    public boolean confinesStatements() {
        return server.confinesStatements();
    }

    private interface Work<T> {
        T with(Statement session) throws SQLException;
    }

    private <T> T work(String what, Work<T> work) {
        return server.errors().translate(what, () -> {
            try (Statement statement = session().createStatement()) {
                return work.with(statement);
            }
        });
    }

    private Connection session() throws SQLException {
        Connection known = session;
        if (known == null) {
            known = server.open();
            session = known;
            try (Statement statement = known.createStatement()) {
                server.hold(statement, run);
            }
        }
        return known;
    }

    @Override
    public void close() {
        try {
            List.copyOf(left).forEach(this::drop);
        } finally {
            Connection open = session;
            session = null;
            if (open != null) {
                server.errors().translate("close the session with " + server.place(), () -> {
                    open.close();
                    return open;
                });
            }
        }
    }
}
