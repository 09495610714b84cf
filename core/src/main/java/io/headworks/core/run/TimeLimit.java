package io.headworks.core.run;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** Cancels a run that takes longer than {@code resources.timeout}. */
final class TimeLimit implements AutoCloseable {
    private final @Nullable Duration limit;
    private final @Nullable Timer timer;
    private volatile boolean passed;

    private TimeLimit(@Nullable Duration limit, @Nullable Timer timer) {
        this.limit = limit;
        this.timer = timer;
    }

    static TimeLimit start(@Nullable Duration limit, Cancellation cancellation) {
        if (limit == null) {
            return new TimeLimit(null, null);
        }
        Timer timer = new Timer("timeout", true);
        TimeLimit started = new TimeLimit(limit, timer);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        started.passed = true;
                        cancellation.request("the timeout of " + limit.toSeconds() + " s passed");
                    }
                },
                limit.toMillis());
        return started;
    }

    /** A cancellation that came from the limit, told as what it is. */
    HeadworksException explained(HeadworksException failure) {
        if (!passed || limit == null) {
            return failure;
        }
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot finish within resources.timeout (" + limit.toSeconds() + " s): nothing was published",
                "raise it, or look with hw log at the stage that takes long",
                failure);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
