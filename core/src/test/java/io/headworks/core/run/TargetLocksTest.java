package io.headworks.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TargetLocksTest {
    private static final List<String> ONE = List.of("warehouse");
    private static final List<String> BOTH = List.of("warehouse", "archive");

    private final TargetLocks locks = new TargetLocks(() -> {});
    private final Cancellation cancellation = new Cancellation();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    private <T> T elsewhere(Callable<T> work) throws Exception {
        return others.submit(work).get(60, TimeUnit.SECONDS);
    }

    /** True when another thread gets it at once. */
    private boolean isFreeToWrite() throws Exception {
        return elsewhere(() -> {
            try (TargetLocks.Held held = locks.look(ONE, cancellation)) {
                return held.tryAlone();
            }
        });
    }

    @Test
    void severalLookAndNobodyWritesMeanwhile() throws Exception {
        try (TargetLocks.Held held = locks.look(ONE, cancellation)) {
            assertThat(elsewhere(() -> {
                        try (TargetLocks.Held beside = locks.look(ONE, cancellation)) {
                            return beside.tryAlone();
                        }
                    }))
                    .isFalse();
        }
        assertThat(isFreeToWrite()).isTrue();
    }

    @Test
    void whoIsRefusedHoldsNothing() throws Exception {
        try (TargetLocks.Held looking = locks.look(ONE, cancellation)) {
            elsewhere(() -> {
                TargetLocks.Held refused = locks.look(BOTH, cancellation);
                assertThat(refused.tryAlone()).isFalse();
                return true;
            });
            assertThat(looking.tryAlone()).isTrue();
        }
    }

    @Test
    void whoWritesIsAlone() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CyclicBarrier looked = new CyclicBarrier(4);
        Callable<Integer> run = () -> {
            int most = 0;
            for (int i = 0; i < 200; i++) {
                try (TargetLocks.Held held = locks.look(BOTH, cancellation)) {
                    if (i == 0) {
                        looked.await(60, TimeUnit.SECONDS);
                    }
                    if (!held.tryAlone()) {
                        held.alone(cancellation);
                    }
                    most = Math.max(most, inside.incrementAndGet());
                    inside.decrementAndGet();
                }
            }
            return most;
        };
        for (Future<Integer> each : others.invokeAll(List.of(run, run, run, run))) {
            assertThat(each.get()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsCanBeCancelled() throws Exception {
        Cancellation other = new Cancellation();
        try (TargetLocks.Held held = locks.take(ONE, cancellation)) {
            Future<?> waiting = others.submit(() -> locks.look(ONE, other));
            other.request("enough");
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(HeadworksException.class)
                    .hasMessageContaining("enough");
        }
    }
}
