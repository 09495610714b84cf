package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import io.headworks.duckdb.stream.StreamJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBConnection;
import org.duckdb.RawQuery;
import org.jspecify.annotations.Nullable;

/**
 * Statements on a session's connection. A new JDBC statement for each, because a reused one reports the error of its
 * predecessor. COMMIT is never interrupted; ROLLBACK, DETACH and the return to a search path run even after a
 * cancellation.
 */
final class SessionSql implements SqlRunner, AutoCloseable {
    private final DuckDBConnection connection;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private final CsvFaults faults = new CsvFaults();
    private final Meter meter = new Meter();
    private final List<StreamJob> streams = new CopyOnWriteArrayList<>();
    private final FilesAsProved proved = new FilesAsProved();
    private volatile @Nullable Interruptible running;
    private boolean streaming;

    SessionSql(DuckDBConnection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
        this.registration = cancellation.onRequest(() -> Interrupter.start(this));
    }

    DuckDBConnection connection() {
        return connection;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void execute(String sql) {
        with(sql, statement -> statement.execute(sql));
    }

    @Override
    public long update(String sql) {
        return with(sql, statement -> statement.executeLargeUpdate(sql));
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        return with(sql, statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
            }
            return rows;
        });
    }

    @Override
    public long number(String sql) {
        List<Long> rows = query(sql, row -> row.getLong(1));
        if (rows.size() != 1) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read one number: " + rows.size() + " rows from " + sql);
        }
        return rows.get(0);
    }

    @Override
    public Schema describe(String sql) {
        return new Schema(query(
                "DESCRIBE " + sql,
                row -> new Field(row.getString(1), DuckTypes.parse(row.getString(2)), !"NO".equals(row.getString(3)))));
    }

    /** Runs statements that keep the order of the rows they read, which the engine else does not promise. */
    void inOrder(Runnable statements) {
        execute("SET SESSION preserve_insertion_order = true");
        try {
            statements.run();
        } finally {
            if (!cancellation.requested()) {
                execute("SET SESSION preserve_insertion_order = false");
            }
        }
    }

    private interface Work<T> {
        T run(Statement statement) throws SQLException;
    }

    private interface Interruptible {
        void interrupt() throws SQLException;
    }

    /** Rows of a SELECT as they come. */
    interface Step<T> {
        T run() throws SQLException, IOException;
    }

    /** Until {@link #streamed} nothing else runs on this connection: it would end the rows. */
    void stream() {
        if (streaming) {
            throw new IllegalStateException("rows are read from this session already");
        }
        streaming = true;
    }

    void streamed() {
        streaming = false;
    }

    <T> T step(Step<T> step) {
        cancellation.check();
        running = () -> RawQuery.interrupt(connection);
        try {
            return step.run();
        } catch (SQLException failed) {
            throw failure(failed);
        } catch (IOException failed) {
            throw failed.getCause() instanceof SQLException known ? failure(known) : new UncheckedIOException(failed);
        } finally {
            running = null;
        }
    }

    private <T> T with(String sql, Work<T> work) {
        if (streaming) {
            throw new IllegalStateException("rows are being read from this session");
        }
        boolean cleaning =
                startsWith(sql, "ROLLBACK") || startsWith(sql, "DETACH") || startsWith(sql, "SET SEARCH_PATH");
        boolean interruptible = !cleaning && !startsWith(sql, "COMMIT");
        if (!cleaning) {
            cancellation.check();
        }
        try (Statement statement = connection.createStatement()) {
            running = interruptible ? statement::cancel : null;
            meter.began(statement);
            FailPoint.K25.passOr(SQLException::new);
            T done = work.run(statement);
            if (interruptible) {
                proved.check();
            }
            return done;
        } catch (SQLException failed) {
            throw failure(failed);
        } finally {
            running = null;
            meter.ended();
        }
    }

    Meter meter() {
        return meter;
    }

    /** Where strict scans make themselves known, so that their errors can name line and column. */
    CsvFaults faults() {
        return faults;
    }

    /** Files that must not change while they are read. */
    FilesAsProved proved() {
        return proved;
    }

    /** Streams that statements read: what failed in them is what failed in a statement. */
    void reads(StreamJob stream) {
        streams.add(stream);
    }

    void forget(StreamJob stream) {
        streams.remove(stream);
    }

    HeadworksException failure(SQLException failed) {
        if (EngineErrors.isInterrupt(failed) && cancellation.requested()) {
            return new HeadworksException(
                    FailureKind.CANCELLED, "Cannot go on: " + cancellation.reason(), null, failed);
        }
        for (StreamJob stream : streams) {
            RuntimeException why = stream.failure();
            if (why instanceof HeadworksException known) {
                return known;
            } else if (why != null) {
                throw why;
            }
        }
        return faults.explain(String.valueOf(failed.getMessage())).orElseGet(() -> EngineErrors.of(failed));
    }

    boolean isRunning() {
        return running != null;
    }

    /** Interrupts the statement that runs, if any. */
    void interrupt() {
        Interruptible interruptible = running;
        if (interruptible != null) {
            try {
                interruptible.interrupt();
            } catch (SQLException ended) {
                // it ended by itself meanwhile: there is nothing left to interrupt
                return;
            }
        }
    }

    private static boolean startsWith(String sql, String word) {
        return sql.stripLeading().toUpperCase(Locale.ROOT).startsWith(word);
    }

    /** Rolls back what a run left open. */
    void abandonTransaction() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException failed) {
            if (!String.valueOf(failed.getMessage()).contains("no transaction is active")) {
                throw EngineErrors.of(failed);
            }
        }
    }

    @Override
    public void close() {
        registration.close();
        try {
            connection.close();
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }

    boolean closed() {
        try {
            return connection.isClosed();
        } catch (SQLException failed) {
            return true;
        }
    }
}
