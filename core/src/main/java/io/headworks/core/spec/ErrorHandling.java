package io.headworks.core.spec;

import io.headworks.api.check.Threshold;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline does about bad rows and faults.
 *
 * @param maxRejected how many rejected rows a run may have and still publish
 * @param keepRejected how long rejected rows are kept, replayed or not; null for ever
 * @param maxRetries for transient faults only, under every strategy; 0 is never
 */
public record ErrorHandling(
        List<Strategy> strategies,
        Threshold maxRejected,
        @Nullable Duration keepRejected,
        int maxRetries,
        Duration retryDelay,
        List<String> alertChannels) {
    public enum Strategy {
        FAIL_FAST,
        DEAD_LETTER,
        RETRY,
        SKIP_AND_ALERT
    }

    public ErrorHandling {
        strategies = List.copyOf(strategies);
        alertChannels = List.copyOf(alertChannels);
    }

    /** True when rejected rows go to the dead letter and the others are loaded. */
    public boolean deadLetters() {
        return strategies.contains(Strategy.DEAD_LETTER);
    }

    /** True when dependants go on with the last good data. */
    public boolean skipsAndAlerts() {
        return strategies.contains(Strategy.SKIP_AND_ALERT);
    }
}
