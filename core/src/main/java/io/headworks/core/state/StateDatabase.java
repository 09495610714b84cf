package io.headworks.core.state;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open state. Thread-safe: one session, one statement at a time. Where the server was away for a moment, the same
 * work is done again in a new session, so that all that is done here must be right when done twice.
 */
public final class StateDatabase implements AutoCloseable {
    private final StateHome home;
    private final Machine machine;
    private Patience patience;
    private @Nullable Connection session;
    private boolean inTransaction;

    private StateDatabase(StateHome home, Machine machine, Patience patience) {
        this.home = home;
        this.machine = machine;
        this.patience = patience;
    }

    /** Opens the state, creating or migrating its tables. */
    public static StateDatabase open(StateHome home) {
        return open(home, Machine.here());
    }

    /** As a process of that machine does. */
    public static StateDatabase open(StateHome home, Machine machine) {
        StateDatabase state = new StateDatabase(home, machine, Patience.SHORT);
        try {
            new Migrations(state).run();
        } catch (RuntimeException unusable) {
            state.close();
            throw unusable;
        }
        state.patience = Patience.LONG;
        return state;
    }

    /** Whatever there is, be it damaged or nothing at all. */
    static StateDatabase unprepared(StateHome home) {
        return new StateDatabase(home, Machine.here(), Patience.SHORT);
    }

    public StateHome home() {
        return home;
    }

    /** The machine whose processes this one can see. */
    Machine machine() {
        return machine;
    }

    /**
     * Reads what shows damage; of a file every page.
     *
     * @throws HeadworksException when there is some
     */
    public void requireSound() {
        onSession(open -> {
            home.requireSound(open);
            return true;
        });
    }

    /** Runs a statement; values are String, Integer, Long, Double, Boolean or null. */
    int update(String sql, @Nullable Object... values) {
        return onSession(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... values) {
        return onSession(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                bind(statement, values);
                List<T> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(mapper.map(result));
                    }
                }
                return rows;
            }
        });
    }

    /** Statements without values, one after the other. */
    void script(List<String> statements) {
        onSession(open -> {
            try (Statement statement = open.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return true;
        });
    }

    /** All of it or nothing; within a transaction, a part of that. The work may be done several times. */
    synchronized void inTransaction(Runnable work) {
        if (inTransaction) {
            work.run();
            return;
        }
        onSession(open -> {
            open.setAutoCommit(false);
            inTransaction = true;
            try {
                work.run();
                open.commit();
            } catch (SQLException failed) {
                undo(open, failed);
                throw failed;
            } catch (RuntimeException failed) {
                undo(open, failed);
                if (failed.getCause() instanceof SQLException met && home.mayPass(met)) {
                    throw met;
                }
                throw failed;
            } finally {
                inTransaction = false;
            }
            open.setAutoCommit(true);
            return true;
        });
    }

    private void undo(Connection open, Exception failed) {
        try {
            open.rollback();
            open.setAutoCommit(true);
        } catch (SQLException gone) {
            failed.addSuppressed(gone);
            discard();
        }
    }

    /** Several statements may follow one another on the session, if the whole may be done again. */
    synchronized <T> T onSession(SessionWork<T> work) {
        for (int failures = 1; ; failures++) {
            try {
                return work.on(session());
            } catch (SQLException failed) {
                boolean again = !inTransaction && home.mayPass(failed);
                if (again) {
                    discard();
                }
                if (!again || !patience.again(failures)) {
                    throw home.failure(failed);
                }
            }
        }
    }

    private Connection session() throws SQLException {
        Connection open = session;
        if (open == null) {
            open = home.open();
            session = open;
        }
        return open;
    }

    /** The next statement gets another session; of this one nothing more is wanted, nor known. */
    private void discard() {
        Connection open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // it was to be gone
                return;
            }
        }
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof String text ? home.kept(text) : value);
        }
    }

    @Override
    public synchronized void close() {
        Connection open = session;
        session = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException failed) {
            throw home.failure(failed);
        }
    }

    /** Reads one row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Something done with a session. */
    interface SessionWork<T> {
        T on(Connection open) throws SQLException;
    }
}
