package io.headworks.connector.postgres.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL's failures as sentences, by SQLSTATE. */
public final class PostgresErrors {
    private static final Map<String, String> HINTS = Map.of(
            "28P01", "correct user and password of the connection",
            "28000", "correct the user of the connection, or the server's pg_hba.conf",
            "3D000", "correct the database of the connection",
            "42501", "have the owner GRANT it; hw setup --print-sql prints what is needed",
            "57014", "raise statement_timeout of the connection, or read less at once",
            "55P03", "somebody holds the table; run it again when he is done",
            "53300", "the server has no connection left; run it again later, or with fewer threads");

    private final String place;
    private final FailureKind unreachable;

    /**
     * Errors of one server.
     *
     * @param unreachable what being out of reach is called on this side: of a source, or of a target
     */
    public PostgresErrors(PostgresSettings settings, FailureKind unreachable) {
        this.place = settings.place();
        this.unreachable = unreachable;
    }

    /** Work on a session. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs something; {@code what} reads "read orders". */
    public <T> T translate(String what, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failed) {
            throw of(what, failed);
        }
    }

    public HeadworksException of(String what, SQLException failed) {
        String state = failed.getSQLState() == null ? "" : failed.getSQLState();
        FailureKind kind = kind(state, failed);
        String reason = reason(failed);
        String where = kind == unreachable || state.startsWith("28") ? " at " + place : "";
        return new HeadworksException(kind, "Cannot " + what + where + ": " + reason, HINTS.get(state), failed);
    }

    private FailureKind kind(String state, SQLException failed) {
        String group = state.length() < 2 ? "" : state.substring(0, 2);
        if (group.equals("08") || state.startsWith("57P") || state.equals("53300") || hasCause(failed)) {
            return unreachable;
        } else if (group.equals("28") || state.equals("3D000") || group.equals("42") || group.equals("3F")) {
            return FailureKind.PROJECT;
        } else if (state.equals("55P03")) {
            return FailureKind.HELD;
        } else if (group.equals("53") || state.equals("57014") || group.equals("58")) {
            return FailureKind.RESOURCES;
        } else if (group.equals("40")) {
            // a deadlock, or a standby that had to take the rows away: another attempt can end well
            return unreachable;
        }
        return FailureKind.RUN;
    }

    private static boolean hasCause(SQLException failed) {
        return failed.getCause() instanceof IOException && (failed.getSQLState() == null || !isServerAnswer(failed));
    }

    private static boolean isServerAnswer(SQLException failed) {
        return failed instanceof PSQLException answer && answer.getServerErrorMessage() != null;
    }

    /** One line: the driver's own messages and the server's, its detail included. */
    private static String reason(SQLException failed) {
        ServerErrorMessage server = failed instanceof PSQLException answer ? answer.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            return oneLine(failed.getMessage()) + cause(failed.getCause());
        }
        String detail = server.getDetail();
        return oneLine(server.getMessage()) + (detail == null ? "" : " (" + oneLine(detail) + ")");
    }

    private static String cause(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "" : " (" + oneLine(cause.getMessage()) + ")";
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }
}
