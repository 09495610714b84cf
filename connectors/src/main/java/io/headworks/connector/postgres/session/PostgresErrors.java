package io.headworks.connector.postgres.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.server.ServerErrors;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL's failures by SQLSTATE. */
public final class PostgresErrors extends ServerErrors {
    private static final Map<String, String> HINTS = Map.of(
            "28P01", "correct user and password of the connection",
            "28000", "correct the user of the connection, or the server's pg_hba.conf",
            "3D000", "correct the database of the connection",
            "42501", "have the owner GRANT it; hw setup --print-sql prints what is needed",
            "57014", "raise statement_timeout of the connection, or read less at once",
            "55P03", "somebody holds the table; run it again when he is done",
            "53300", "the server has no connection left; run it again later, or with fewer threads");

    /** See {@link ServerErrors}. */
    public PostgresErrors(PostgresSettings settings, FailureKind unreachable) {
        super(settings.place(), unreachable);
    }

    @Override
    protected FailureKind kind(SQLException failed) {
        String state = state(failed);
        if (isGroup(failed, "08") || state.startsWith("57P") || state.equals("53300") || hasCause(failed)) {
            return unreachable();
        } else if (isGroup(failed, "28", "42", "3F") || state.equals("3D000")) {
            return FailureKind.PROJECT;
        } else if (state.equals("55P03")) {
            return FailureKind.HELD;
        } else if (isGroup(failed, "53", "58") || state.equals("57014")) {
            return FailureKind.RESOURCES;
        } else if (isGroup(failed, "40")) {
            // a deadlock, or a standby that had to take the rows away: another attempt can end well
            return unreachable();
        }
        return FailureKind.RUN;
    }

    @Override
    protected @Nullable String hint(SQLException failed) {
        return HINTS.get(state(failed));
    }

    private static boolean hasCause(SQLException failed) {
        return failed.getCause() instanceof IOException && (failed.getSQLState() == null || !isServerAnswer(failed));
    }

    private static boolean isServerAnswer(SQLException failed) {
        return failed instanceof PSQLException answer && answer.getServerErrorMessage() != null;
    }

    /** The driver's own messages and the server's, its detail included. */
    @Override
    protected String reason(SQLException failed) {
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
}
