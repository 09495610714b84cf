package io.headworks.api.target;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the rule that a failed statement poisons its {@link LoadTransaction}: after the first failure nothing runs. */
public final class LoadGuard {
    private final String table;
    private @Nullable RuntimeException failure;
    private boolean ended;

    public LoadGuard(String table) {
        this.table = table;
    }

    /** Runs a step of the load, or throws when an earlier one failed or the load has ended. */
    public <T> T run(Supplier<T> step) {
        if (failure != null) {
            throw new IllegalStateException(
                    "Cannot go on with the load into " + table + ": an earlier step failed: " + failure.getMessage(),
                    failure);
        }
        if (ended) {
            throw new IllegalStateException("Cannot go on with the load into " + table + ": it has ended");
        }
        try {
            return step.get();
        } catch (RuntimeException failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Ends the load; it was committed or rolled back. */
    public void end() {
        ended = true;
    }
}
