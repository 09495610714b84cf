package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.json.Json;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a file that another process holds, and says who that is when it takes too long. */
public final class HeldFile {
    private static final long STEP_MILLIS = 100;

    private final ProjectState place;
    private final Cancellation cancellation;
    private final Duration longest;

    public HeldFile(ProjectState place, Cancellation cancellation, Duration longest) {
        this.place = place;
        this.cancellation = cancellation;
        this.longest = longest;
    }

    /**
     * Does the work, again and again while the file is held.
     *
     * @throws HeadworksException of kind HELD, with the run and process that hold it, when the time is up
     */
    public <T> T whenFree(Supplier<T> work) {
        long until = System.nanoTime() + longest.toNanos();
        while (true) {
            try {
                return work.get();
            } catch (HeadworksException failure) {
                if (failure.kind() != FailureKind.HELD) {
                    throw failure;
                }
                if (System.nanoTime() >= until) {
                    throw named(failure);
                }
            }
            cancellation.check();
            pause();
        }
    }

    private HeadworksException named(HeadworksException held) {
        String waited = longest.isZero() ? "" : " after " + longest.toSeconds() + " s";
        String holder = holders();
        return new HeadworksException(
                FailureKind.HELD,
                held.getMessage() + waited + (holder.isEmpty() ? "" : "; running now: " + holder),
                "wait for it to end (--wait 5m waits longer), or stop that process",
                held);
    }

    private String holders() {
        if (!place.isThere()) {
            return "";
        }
        try (StateDatabase state = place.open()) {
            return new RunHistory(state)
                    .open().stream()
                            .map(HeldFile::holder)
                            .reduce((one, other) -> one + ", " + other)
                            .orElse("");
        }
    }

    private static String holder(RunHistory.Open open) {
        Map<String, @Nullable Object> run = Json.readObject(open.document());
        return "run " + run.get("run_id") + " of " + run.get("pipeline_name") + " in process "
                + Optional.ofNullable(run.get("pid")).orElse("unknown")
                + (open.isHere() ? "" : " on " + open.host()) + " since " + run.get("started_at");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HeadworksException(FailureKind.CANCELLED, "Cannot go on: interrupted");
        }
    }
}
