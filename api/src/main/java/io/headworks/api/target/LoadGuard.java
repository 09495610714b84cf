package io.headworks.api.target;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the rule that a failed statement poisons its {@link LoadTransaction}: after the first failure nothing runs. */
public final class LoadGuard {
    private final String table;
    private @Nullable Throwable failure;
    private boolean ended;

    public LoadGuard(String table) {
        this.table = table;
    }

    /** Runs a step of the load, or throws when an earlier one failed or the load has ended. */
    public <T> T run(Supplier<T> step) {
        if (failure != null) {
            throw new HeadworksException(
                    failure instanceof HeadworksException known ? known.kind() : FailureKind.INTERNAL,
                    "Cannot go on loading " + table + ": an earlier step failed, and nothing is kept ("
                            + failure.getMessage() + ")",
                    null,
                    failure);
        }
        if (ended) {
            throw new IllegalStateException("Cannot go on loading " + table + ": the load has ended");
        }
        try {
            return step.get();
        } catch (RuntimeException | Error failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Ends the load; it was committed or rolled back. */
    public void end() {
        ended = true;
    }
}
