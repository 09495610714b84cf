package io.headworks.connector.jdbc.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.server.ServerErrors;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of a database by the states of the SQL standard and by what few products say beyond it. */
public final class JdbcErrors extends ServerErrors {
    /** Derby waited for a lock too long, with and without a list of locks. */
    private static final Set<String> LOCKED = Set.of("40XL1", "40XL2");
    /** Wrong password, no such database, no right: all of them after Derby's server answered. */
    private static final String REFUSED = "08004";

    /** See {@link ServerErrors}. */
    public JdbcErrors(JdbcSettings settings, FailureKind unreachable) {
        super(settings.place(), unreachable);
    }

    @Override
    protected FailureKind kind(SQLException failed) {
        String state = state(failed);
        if (LOCKED.contains(state)) {
            return FailureKind.HELD;
        } else if (isLogin(failed) || isGroup(failed, "42", "3F")) {
            return FailureKind.PROJECT;
        } else if (isGroup(failed, "08")
                // a deadlock or two writers of one row: another attempt can end well
                || isGroup(failed, "40")
                || failed instanceof SQLNonTransientConnectionException
                || failed.getCause() instanceof IOException) {
            return unreachable();
        } else if (isGroup(failed, "53") || state.startsWith("XSDF") || state.startsWith("XSDG")) {
            return FailureKind.RESOURCES;
        }
        return FailureKind.RUN;
    }

    @Override
    protected boolean isLogin(SQLException failed) {
        return super.isLogin(failed) || state(failed).equals(REFUSED);
    }

    @Override
    protected @Nullable String hint(SQLException failed) {
        if (isLogin(failed)) {
            return "correct user, password and database of the connection";
        }
        return LOCKED.contains(state(failed)) ? "somebody holds rows of the table; run it again when he is done" : null;
    }
}
