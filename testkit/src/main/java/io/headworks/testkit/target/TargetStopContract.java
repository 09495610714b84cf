package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.target.LoadTransaction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A request to stop reaches a load also while the database works on a statement. */
public abstract class TargetStopContract extends TargetFixture {
    private static final long UNTIL_IT_RUNS_MILLIS = 500;

    /** A SELECT that takes the target a minute; asked for only where users' SQL can be run. */
    protected abstract String longStatement();

    @Nested
    class Stopping {
        @Test
        void endsTheStatementThatRunsAndKeepsNothing() throws Exception {
            assumeTrue(!lacks().contains(Lack.USER_SQL), "no SQL of users runs in this target");
            Fence fence = lab.take(ORDERS_TABLE, 1);
            boolean before = lacks().contains(Lack.STATEMENTS_STOPPED);
            Thread stopping = new Thread(() -> {
                if (!before) {
                    pause();
                }
                lab.session.cancellation().request("the user said so");
            });
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                stopping.start();
                if (before) {
                    stopping.join();
                }
                assertThatThrownBy(() -> transaction.execute(longStatement()))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
                assertThatThrownBy(transaction::commit)
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
            }
            stopping.join();
            reopen();
            assertThat(lab.target.ledger(TargetLab.key(ORDERS_TABLE).projectId(), "dev"))
                    .isEmpty();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(UNTIL_IT_RUNS_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
