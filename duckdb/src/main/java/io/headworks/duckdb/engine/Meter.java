package io.headworks.duckdb.engine;

import io.headworks.api.engine.WorkProgress;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * Says how far the work of a session has come. One thread works; any thread may ask. The engine knows it of its
 * statements, which is asked for only when somebody wants it; what moves through Java counts for itself.
 */
final class Meter {
    private final AtomicLong parts = new AtomicLong();
    private volatile @Nullable Statement statement;
    private volatile @Nullable Moved moved;

    private record Moved(
            @Nullable Double fraction, @Nullable Long rows) {}

    void began(@Nullable Statement begun) {
        parts.incrementAndGet();
        statement = begun;
    }

    void ended() {
        statement = null;
    }

    /** Rows that go through Java, of so many; null when nobody knows of how many. */
    void rows(long rows, @Nullable Long of) {
        moved = new Moved(of == null || of == 0 ? null : Math.min(1, (double) rows / of), rows);
    }

    /** Bytes of files that Java reads, of so many. */
    void bytes(long bytes, long of) {
        moved = new Moved(of == 0 ? null : Math.min(1, (double) bytes / of), null);
    }

    /** Ends what {@link #rows} and {@link #bytes} counted. */
    void movedAll() {
        parts.incrementAndGet();
        moved = null;
    }

    WorkProgress progress() {
        Moved counted = moved;
        Statement running = statement;
        long part = parts.get();
        if (counted != null) {
            return new WorkProgress(part, counted.fraction(), counted.rows());
        }
        return running == null ? WorkProgress.UNKNOWN : new WorkProgress(part, fraction(running), null);
    }

    /** The engine's row counts are guesses for files, so only its percentage is taken; negative is unknown. */
    private static @Nullable Double fraction(Statement running) {
        try {
            double percent = running.unwrap(DuckDBPreparedStatement.class)
                    .getQueryProgress()
                    .getPercentage();
            return percent < 0 ? null : Math.min(1, percent / 100);
        } catch (SQLException ended) {
            // it ended between the two looks
            return null;
        }
    }
}
