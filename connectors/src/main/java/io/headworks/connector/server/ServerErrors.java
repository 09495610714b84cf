package io.headworks.connector.server;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Failures of one server as sentences: what was tried, where, why not, and what to do about it. */
public abstract class ServerErrors {
    private final String place;
    private final FailureKind unreachable;

    /**
     * Errors of one server.
     *
     * @param place named where the server is the cause: host and database, never a secret
     * @param unreachable what being out of reach is called on this side: of a source, or of a target
     */
    protected ServerErrors(String place, FailureKind unreachable) {
        this.place = place;
        this.unreachable = unreachable;
    }

    /** Work on a session. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs something; {@code what} reads "read orders". */
    public final <T> T translate(String what, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failed) {
            throw of(what, failed);
        }
    }

    public final HeadworksException of(String what, SQLException failed) {
        FailureKind kind = kind(failed);
        String where = kind == unreachable || isLogin(failed) ? " at " + place : "";
        return new HeadworksException(kind, "Cannot " + what + where + ": " + reason(failed), hint(failed), failed);
    }

    protected final FailureKind unreachable() {
        return unreachable;
    }

    protected abstract FailureKind kind(SQLException failed);

    protected abstract @Nullable String hint(SQLException failed);

    /** True when the server does not let this user in. */
    protected boolean isLogin(SQLException failed) {
        return isGroup(failed, "28");
    }

    /** In one line. */
    protected String reason(SQLException failed) {
        String own = oneLine(failed.getMessage());
        String deeper = failed.getCause() instanceof IOException cause ? oneLine(cause.getMessage()) : "";
        return deeper.isEmpty() || own.contains(deeper) ? own : own + " (" + deeper + ")";
    }

    /** The standard's five characters, or none. */
    protected static String state(SQLException failed) {
        return failed.getSQLState() == null ? "" : failed.getSQLState();
    }

    /** True when the state begins with one of these two characters. */
    protected static boolean isGroup(SQLException failed, String... groups) {
        for (String group : groups) {
            if (state(failed).startsWith(group)) {
                return true;
            }
        }
        return false;
    }

    protected static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }
}
