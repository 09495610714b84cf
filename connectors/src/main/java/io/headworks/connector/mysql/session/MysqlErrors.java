package io.headworks.connector.mysql.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.server.ServerSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of MySQL and MariaDB as sentences, by the server's own numbers. */
public final class MysqlErrors {
    /** Too many connections, shutdown, killed, the table was altered meanwhile, and a deadlock: another attempt can end well. */
    private static final Set<Integer> PASSING = Set.of(1040, 1053, 1077, 1079, 1203, 1213, 1226, 1412, 1927, 4166);

    private static final Set<Integer> LOCKED = Set.of(1205, 3572);
    /** Disk full, out of memory, table full, sort buffers, a statement that took longer than the server allows. */
    private static final Set<Integer> EXHAUSTED = Set.of(3, 1021, 1037, 1038, 1041, 1114, 1969, 3024);

    private static final Map<Integer, String> HINTS = Map.of(
            1045, "correct user and password of the connection",
            1049, "correct the database of the connection",
            1044, "have the owner GRANT it",
            1142, "have the owner GRANT it",
            1143, "have the owner GRANT it",
            1205, "somebody holds rows of the table; run it again when he is done",
            1040, "the server has no connection left; run it again later");

    private final String place;
    private final FailureKind unreachable;

    /**
     * Errors of one server.
     *
     * @param unreachable what being out of reach is called on this side: of a source, or of a target
     */
    public MysqlErrors(ServerSettings settings, FailureKind unreachable) {
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
        FailureKind kind = kind(failed);
        String state = String.valueOf(failed.getSQLState());
        String where = kind == unreachable || state.startsWith("28") ? " at " + place : "";
        return new HeadworksException(
                kind, "Cannot " + what + where + ": " + reason(failed), HINTS.get(failed.getErrorCode()), failed);
    }

    private FailureKind kind(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        String group = state.substring(0, Math.min(2, state.length()));
        int number = failed.getErrorCode();
        if (LOCKED.contains(number)) {
            return FailureKind.HELD;
        } else if (EXHAUSTED.contains(number)) {
            return FailureKind.RESOURCES;
        } else if (PASSING.contains(number) || group.equals("08") || failed.getCause() instanceof IOException) {
            return unreachable;
        } else if (group.equals("28") || group.equals("42") || number == 1049 || number == 1370) {
            return FailureKind.PROJECT;
        }
        return FailureKind.RUN;
    }

    /** One line, without the driver's number of the connection. */
    private static String reason(SQLException failed) {
        @Nullable Throwable cause = failed.getCause();
        String own = oneLine(failed.getMessage());
        String deeper = cause instanceof IOException ? oneLine(cause.getMessage()) : "";
        return deeper.isEmpty() || own.contains(deeper) ? own : own + " (" + deeper + ")";
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ").replaceFirst("^\\(conn=\\d+\\) ", "");
    }
}
