package io.headworks.api.engine;

import io.headworks.api.run.Cancellation;
import java.nio.file.Path;

/** One engine instance per process; runs share it. */
public interface Engine extends AutoCloseable {

    /**
     * A session for a run.
     *
     * @param runId names the work storage
     * @param staging an existing folder that only this run uses
     */
    EngineSession session(String runId, Path staging, Cancellation cancellation);

    /** Reads SQL beside the sessions, at less cost than one of {@link EngineFactory#inspector()}; close it before this. */
    SqlInspector inspector();

    /**
     * For runs that follow one another in the same files: until it is closed, a file that a session leaves may stay open for
     * the next, for a moment. What is in it is remembered as long as nobody can have written it.
     */
    default Keeping keepFiles() {
        return () -> {};
    }

    /** See {@link #keepFiles}. */
    interface Keeping extends AutoCloseable {
        /** Nobody waits for a file any more: what no session uses is closed. */
        default void closeUnused() {}

        @Override
        void close();
    }

    @Override
    void close();
}
