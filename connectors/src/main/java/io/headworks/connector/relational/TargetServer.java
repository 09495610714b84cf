package io.headworks.connector.relational;

import io.headworks.api.load.Load;
import io.headworks.connector.server.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A server that is loaded: how its sessions are opened, and what works for one of them within it. */
public interface TargetServer extends AutoCloseable {
    /** Host and database, for messages. */
    String place();

    ServerErrors errors();

    Database database();

    /** A new session in the state that loads need; it waits for another's lock only so long. */
    Connection open() throws SQLException;

    /** False when the server has ended a session, as after a lost COMMIT. */
    default boolean isOpen(Connection session) throws SQLException {
        return !session.isClosed();
    }

    /** Ends what still reads beside the session; called before the session is used again. */
    default void endReads() {}

    Worker worker(Statement session) throws SQLException;

    /** See {@link io.headworks.api.target.Target#grantsSql}. */
    default List<String> grants(List<Load> loads) {
        return List.of();
    }

    @Override
    default void close() {
        endReads();
    }

    /** The server's process or thread behind a session. */
    interface Worker {
        /** For messages: "process 12 of the server". */
        String name();

        /** Asks from another session that it be ended; no failure when it has ended by itself. */
        void end(Statement other) throws SQLException;

        /** Looks from another session; where it is still there, the answer takes a tenth of a second. */
        boolean isThere(Statement other) throws SQLException;
    }
}
