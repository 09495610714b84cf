package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * An exclusive lock that is waited for a little at a time: behind a lock that is waited for, all who come later wait too.
 *
 * @param table quoted; its partitions are locked with it
 */
record ShortLock(Statements sql, String table) {
    /** One each second: whoever comes to read meanwhile waits a fifth of that at most. */
    private static final int ATTEMPTS = 30;

    private static final int WAIT_MILLIS = 200;
    private static final int PAUSE_MILLIS = 800;
    private static final List<String> SOMEBODY_READS = List.of("55P03", "40P01");

    /** False, and nothing locked, where somebody reads the table all the time. */
    boolean isTaken() {
        sql.execute("SAVEPOINT hw_exchange");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            sql.execute("SET LOCAL lock_timeout = " + WAIT_MILLIS);
            if (sql.run(this::tryLock)) {
                sql.execute("RELEASE SAVEPOINT hw_exchange");
                return true;
            }
            sql.execute("ROLLBACK TO SAVEPOINT hw_exchange");
            sql.execute("SELECT pg_sleep(" + PAUSE_MILLIS / 1000.0 + ")");
        }
        return false;
    }

    private boolean tryLock() throws SQLException {
        try (Statement statement = sql.connection().createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            return true;
        } catch (SQLException failed) {
            if (SOMEBODY_READS.contains(failed.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }
}
