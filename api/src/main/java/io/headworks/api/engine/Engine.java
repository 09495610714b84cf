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

    @Override
    void close();
}
