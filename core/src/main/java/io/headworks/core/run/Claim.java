package io.headworks.core.run;

import io.headworks.api.dataset.TableName;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.run.Cancellation;
import io.headworks.api.target.TargetState;
import java.util.Objects;

/**
 * A run's right to the file of its target. A run that looks beside others is alone from its fence on, and looks at its table
 * once more then: others could write in between.
 */
final class Claim {
    private final TargetLocks.Held held;
    private final OpenConnections connections;
    private final String connection;
    private final Cancellation cancellation;
    private boolean beside;

    /** @param beside true where {@code held} is for looking only */
    Claim(
            TargetLocks.Held held,
            OpenConnections connections,
            String connection,
            Cancellation cancellation,
            boolean beside) {
        this.held = held;
        this.connections = connections;
        this.connection = connection;
        this.cancellation = cancellation;
        this.beside = beside;
    }

    /** The table is no longer as it was when the run planned on it. Nothing was written. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Outdated() {
            super("another run has loaded the table since this one looked at it");
        }
    }

    /** Waits until the run is alone with the file; to be called before the fence is taken. */
    void takeFile() {
        if (beside && !held.tryAlone()) {
            // who writes meanwhile opens the file in another way, which it can while nobody else has it open
            connections.release(connection);
            held.alone(cancellation);
        }
    }

    /**
     * To be called once the fence is taken.
     *
     * @param seen what the plan is made on
     * @throws Outdated when a run has loaded the table since
     */
    void requireAsSeen(LedgerKey key, TableName table, TargetState seen) {
        if (!beside) {
            return;
        }
        beside = false;
        TargetState now = connections.target(connection).observe(key, table);
        boolean same = seen.lastRunNumber() == now.lastRunNumber()
                && Objects.equals(seen.lastCommitted(), now.lastCommitted())
                && Objects.equals(seen.schema(), now.schema())
                && seen.primaryKey().equals(now.primaryKey())
                && seen.view() == now.view()
                && seen.names().equals(now.names());
        if (!same) {
            throw new Outdated();
        }
    }
}
