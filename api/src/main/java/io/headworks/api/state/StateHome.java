package io.headworks.api.state;

import io.headworks.api.failure.HeadworksException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A database that keeps a project's state: a local file, or a schema of a server that several machines share. The
 * program's statements are written in what SQLite and PostgreSQL have in common ({@code ON CONFLICT}, {@code LIMIT},
 * {@code ?}); what they have not is asked for here. Values of times are compared as the database's clock gives them.
 * Called by any thread, for one session by one at a time.
 */
public interface StateHome {

    /** For sentences, without any secret: "the state file x", "the state at host:5432/ops, schema y". */
    String place();

    /** A new session that commits by itself and finds tables by their bare names; closed by the caller. */
    Connection open() throws SQLException;

    /** What a failure means: whose it is, in a sentence, and what to do. */
    HeadworksException failure(SQLException failed);

    /** True when the same work can end well in a new session: the server is back, or two were in each other's way. */
    boolean mayPass(SQLException failed);

    /**
     * A statement that defines something, in the words of this database.
     *
     * @param sql with the types {@code text} (compared by its bytes) and {@code integer} (of 64 bits), and {@code
     *     without rowid} behind a table that is found by its primary key alone
     */
    String definition(String sql);

    /** The text at a path inside a JSON document in a column; NULL when there is none. */
    String jsonText(String column, List<String> path);

    /** The whole number there. */
    String jsonNumber(String column, List<String> path);

    /** An expression: milliseconds since 1970 by the database's clock, at the moment in which the statement runs. */
    String now();

    /** The text as it can be kept; differs only in characters that this database refuses. */
    String kept(String text);

    /**
     * The version of the tables; 0 when there are none.
     *
     * @throws HeadworksException of kind PROJECT when they belong to another project
     */
    int version(Connection session) throws SQLException;

    /**
     * What must be there before any table; the statements may find it there. Run in a transaction, after {@link
     * #lockDefinitions}.
     */
    List<String> preparation();

    /** Statements that say of which version the tables are from now on. */
    List<String> marking(int version);

    /** Statements for an owner, who made the tables for the user of this home. */
    List<String> granting();

    /** Keeps other processes from defining anything until the transaction ends, which must have begun. */
    void lockDefinitions(Connection session) throws SQLException;

    /** True when there is something that can be put aside, be it damaged. */
    boolean isThere(Connection session) throws SQLException;

    /** How all that is there is put aside, for one who makes it anew in the same transaction. */
    Aside aside(String mark);

    /**
     * A place for what was there.
     *
     * @param place what it is called from then on
     * @param statements what puts it there
     */
    record Aside(String place, List<String> statements) {
        public Aside {
            statements = List.copyOf(statements);
        }
    }

    /**
     * Reads what shows damage.
     *
     * @throws HeadworksException when there is some
     */
    void requireSound(Connection session) throws SQLException;

    /** Bytes that the content takes. */
    long contentBytes(Connection session) throws SQLException;

    /** Gives freed room back, where that is asked for. */
    void shrink(Connection session) throws SQLException;
}
