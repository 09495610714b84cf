package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How often work is tried again when the server was away, and how long is waited before each time.
 *
 * @param pauses one for each attempt after the first
 */
record Patience(List<Duration> pauses) {
    /** For the first session: a wrong host is told soon. */
    static final Patience SHORT = ofMillis(100, 400);

    /** For a server that is started anew in the middle of a run: about half a minute. */
    static final Patience LONG = ofMillis(100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800);

    Patience {
        pauses = List.copyOf(pauses);
    }

    private static Patience ofMillis(long... millis) {
        return new Patience(
                java.util.Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    /** True after the pause; false when this was the last attempt. */
    boolean again(int failures) {
        if (failures > pauses.size()) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(pauses.get(failures - 1).toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HeadworksException(FailureKind.CANCELLED, "Cannot go on: interrupted");
        }
    }
}
