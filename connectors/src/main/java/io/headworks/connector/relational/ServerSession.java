package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session for all that a run does in its target; another takes its place when the server has ended it. */
public final class ServerSession implements TargetSession {
    private static final int ATTEMPTS = 600;

    private final TargetServer server;
    private @Nullable Connection connection;
    private TargetServer.@Nullable Worker worker;

    public ServerSession(TargetServer server) {
        this.server = server;
    }

    @Override
    public String place() {
        return server.place();
    }

    @Override
    public Optional<Statements> toRead(String what) {
        return Optional.of(toWrite(what));
    }

    @Override
    public Statements toWrite(String what) {
        server.endReads();
        Connection open = server.errors().translate(what, () -> {
            Connection known = connection;
            if (known == null || !server.isOpen(known)) {
                known = open();
                connection = known;
            }
            return known;
        });
        return new Statements(open, server.database(), what);
    }

    private Connection open() throws SQLException {
        Connection opened = server.open();
        try (Statement statement = opened.createStatement()) {
            TargetServer.Worker lost = worker;
            if (lost != null) {
                outlive(lost, statement);
            }
            worker = server.worker(statement);
            return opened;
        } catch (SQLException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /**
     * Waits until nothing works for a session that broke off. Until then its COMMIT may still be under way, and the ledger
     * would say too early that there was none.
     */
    private void outlive(TargetServer.Worker lost, Statement statement) throws SQLException {
        lost.end(statement);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!lost.isThere(statement)) {
                return;
            }
        }
        throw new HeadworksException(
                FailureKind.TARGET_UNREACHABLE,
                "Cannot tell what became of the last transaction at " + place() + ": the server still works on it",
                "look again when " + lost.name() + " has ended");
    }

    @Override
    public List<String> grants(List<Load> loads) {
        return server.grants(loads);
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        try (server) {
            if (open != null) {
                leave(open);
            }
        }
    }

    /** A session that the server has ended needs no leave: its transaction is undone, and what was committed was read back. */
    private void leave(Connection open) {
        try {
            close(open);
        } catch (SQLException failed) {
            HeadworksException known = server.errors().of("close the session with " + place(), failed);
            if (known.kind() != FailureKind.TARGET_UNREACHABLE) {
                throw known;
            }
        }
    }

    private static void close(Connection open) throws SQLException {
        if (!open.isClosed() && !open.getAutoCommit()) {
            open.rollback();
        }
        open.close();
    }
}
