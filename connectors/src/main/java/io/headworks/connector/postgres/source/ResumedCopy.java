package io.headworks.connector.postgres.source;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A COPY that goes on where it was when its connection is cut, while the snapshot's holder lives: another session of the
 * same snapshot runs the same COPY, and what was handed on before is read over. That it is the same, byte by byte and in
 * the same order, is proved by its checksum; where it is not, the cut is what it was, and the extract begins anew.
 */
final class ResumedCopy implements CopyOut {
    private static final int MOST = 3;
    /** An administrator, or the server's own end. */
    private static final String TERMINATED = "57P01";

    private final Snapshot snapshot;
    private final String sql;
    private final CRC32C given = new CRC32C();
    private Connection session;
    private CopyOut copy;
    private long messages;
    private int resumed;

    private ResumedCopy(Snapshot snapshot, String sql, Connection session) throws SQLException {
        this.snapshot = snapshot;
        this.sql = sql;
        this.session = session;
        this.copy = begin();
    }

    static ResumedCopy begin(Snapshot snapshot, String sql) throws SQLException {
        Connection session = snapshot.join();
        try {
            return new ResumedCopy(snapshot, sql, session);
        } catch (SQLException failed) {
            snapshot.leave(session);
            throw failed;
        }
    }

    private CopyOut begin() throws SQLException {
        return session.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    }

    @Override
    public byte @Nullable [] readFromCopy() throws SQLException {
        byte[] message = next();
        if (message != null) {
            given.update(message);
            messages++;
        }
        return message;
    }

    private byte @Nullable [] next() throws SQLException {
        while (true) {
            try {
                return copy.readFromCopy();
            } catch (SQLException cut) {
                if (!isCut(cut) || !snapshot.isShared() || ++resumed > MOST) {
                    throw cut;
                }
                try {
                    resume();
                } catch (SQLException gone) {
                    cut.addSuppressed(gone);
                    throw cut;
                }
            }
        }
    }

    private static boolean isCut(SQLException failed) {
        String state = failed.getSQLState();
        return failed.getCause() instanceof IOException
                || state != null && (state.startsWith("08") || state.equals(TERMINATED));
    }

    private void resume() throws SQLException {
        snapshot.leave(session);
        session = snapshot.join();
        copy = begin();
        CRC32C again = new CRC32C();
        for (long i = 0; i < messages; i++) {
            byte[] message = copy.readFromCopy();
            if (message == null) {
                throw new SQLException("the rows read before are not all there");
            }
            again.update(message);
        }
        if (again.getValue() != given.getValue()) {
            throw new SQLException("the rows read before came in another order");
        }
    }

    /** A COPY that is not at its end is ended with its session. */
    void leave() throws SQLException {
        if (copy.isActive()) {
            snapshot.leave(session);
        } else {
            snapshot.done(session);
        }
    }

    @Override
    public byte @Nullable [] readFromCopy(boolean block) throws SQLException {
        return copy.readFromCopy(block);
    }

    @Override
    public int getFieldCount() {
        return copy.getFieldCount();
    }

    @Override
    public int getFormat() {
        return copy.getFormat();
    }

    @Override
    public int getFieldFormat(int field) {
        return copy.getFieldFormat(field);
    }

    @Override
    public boolean isActive() {
        return copy.isActive();
    }

    @Override
    public void cancelCopy() throws SQLException {
        copy.cancelCopy();
    }

    @Override
    public long getHandledRowCount() {
        return copy.getHandledRowCount();
    }
}
