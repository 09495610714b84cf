package io.headworks.connector.mysql.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.server.ServerErrors;
import io.headworks.connector.server.ServerSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of MySQL and MariaDB by the server's own numbers. */
public final class MysqlErrors extends ServerErrors {
    /** Too many connections, shutdown, killed, the table was altered meanwhile, and a deadlock: another attempt can end well. */
    private static final Set<Integer> PASSING = Set.of(1040, 1053, 1077, 1079, 1203, 1213, 1226, 1412, 1927, 4166);

    private static final Set<Integer> LOCKED = Set.of(1205, 3572);
    /** Disk full, out of memory, table full, sort buffers, a statement that took longer than the server allows. */
    private static final Set<Integer> EXHAUSTED = Set.of(3, 1021, 1037, 1038, 1041, 1114, 1969, 3024);
    /** No such database, no right to execute. */
    private static final Set<Integer> REFUSED = Set.of(1049, 1370);

    private static final Map<Integer, String> HINTS = Map.of(
            1045, "correct user and password of the connection",
            1049, "correct the database of the connection",
            1044, "have the owner GRANT it",
            1142, "have the owner GRANT it",
            1143, "have the owner GRANT it",
            1205, "somebody holds rows of the table; run it again when he is done",
            1040, "the server has no connection left; run it again later");

    /** See {@link ServerErrors}. */
    public MysqlErrors(ServerSettings settings, FailureKind unreachable) {
        super(settings.place(), unreachable);
    }

    @Override
    protected FailureKind kind(SQLException failed) {
        int number = failed.getErrorCode();
        if (LOCKED.contains(number)) {
            return FailureKind.HELD;
        } else if (EXHAUSTED.contains(number)) {
            return FailureKind.RESOURCES;
        } else if (PASSING.contains(number) || isGroup(failed, "08") || failed.getCause() instanceof IOException) {
            return unreachable();
        } else if (isGroup(failed, "28", "42") || REFUSED.contains(number)) {
            return FailureKind.PROJECT;
        }
        return FailureKind.RUN;
    }

    @Override
    protected @Nullable String hint(SQLException failed) {
        return HINTS.get(failed.getErrorCode());
    }

    /** Without the driver's number of the connection. */
    @Override
    protected String reason(SQLException failed) {
        return super.reason(failed).replaceFirst("^\\(conn=\\d+\\) ", "");
    }
}
