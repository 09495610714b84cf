package io.headworks.core.proof;

import io.headworks.api.run.Cancellation;
import java.nio.file.Path;
import java.util.List;

/** Runs a replay in a process of its own and kills it on the way. */
public interface Killing {

    /** The fail-points that a replay passes, in order, a name for each passing. */
    List<String> trace(Path folder, Cancellation cancellation);

    /**
     * Runs a replay until it is killed.
     *
     * @param failPoint as {@code K6:3}
     * @return false when it ended by itself, whatever it did
     */
    boolean killedAt(String failPoint, Path folder, Cancellation cancellation);
}
