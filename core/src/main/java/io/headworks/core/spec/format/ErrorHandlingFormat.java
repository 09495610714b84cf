package io.headworks.core.spec.format;

import io.headworks.api.check.Threshold;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.ErrorHandling.Strategy;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pipeline does about bad rows and faults. */
final class ErrorHandlingFormat {
    private static final Threshold A_TENTH = new Threshold(new BigDecimal("0.1"), true);

    private static final Key<List<Strategy>> STRATEGY = Key.of(
                    "strategy",
                    ListKind.oneOrMore(ChoiceKind.of(List.of(Strategy.values()))),
                    "fail-fast: a rejected row fails the run. dead-letter: rejected rows are kept apart and the others loaded. retry: transient faults are tried again. skip-and-alert: dependants go on with the last good data.")
            .byDefault(List.of(Strategy.FAIL_FAST), "fail-fast")
            .like("dead-letter");
    private static final Key<Threshold> MAX_REJECTED = Key.of(
                    "max_rejected",
                    Scalars.THRESHOLD,
                    "How many rejected rows a run may have and still publish (with dead-letter).")
            .byDefault(A_TENTH, "10%")
            .like("1%");
    private static final Key<Duration> KEEP_REJECTED = Key.of(
                    "keep_rejected",
                    Scalars.DURATION_OF_TIME,
                    "How long rejected rows stay in the dead letter, replayed or not; each load removes older ones. For ever when absent.")
            .like("90d");
    private static final Key<Integer> MAX_RETRIES = Key.of(
                    "max_retries",
                    Scalars.wholeNumber(0, 100),
                    "How often a transient fault is tried again; 0 is never.")
            .byDefault(3, "3");
    private static final Key<Integer> RETRY_DELAY = Key.of(
                    "retry_delay_seconds", Scalars.wholeNumber(0, 86_400), "How long to wait before trying again.")
            .byDefault(300, "300");
    private static final Key<List<String>> ALERT_CHANNELS = Key.of(
                    "alert_channels", ListKind.oneOrMore(Names.ALERT_CHANNEL), "Who is told.")
            .byDefault(List.of(), "none")
            .like("[data-team]");

    static final ObjectKind<ErrorHandling> KIND = ObjectKind.of(
            "error_handling",
            "What is done about bad rows and faults.",
            List.of(STRATEGY, MAX_REJECTED, KEEP_REJECTED, MAX_RETRIES, RETRY_DELAY, ALERT_CHANNELS),
            ErrorHandlingFormat::bind);

    static final ErrorHandling DEFAULT =
            new ErrorHandling(List.of(Strategy.FAIL_FAST), A_TENTH, null, 3, Duration.ofMinutes(5), List.of());

    private ErrorHandlingFormat() {}

    private static @Nullable ErrorHandling bind(Values values) {
        List<Strategy> strategies = values.get(STRATEGY);
        if (strategies.contains(Strategy.FAIL_FAST) && strategies.contains(Strategy.DEAD_LETTER)) {
            values.refuse(STRATEGY, "conflicting-keys", "fail-fast and dead-letter exclude one another", null);
            return null;
        }
        return new ErrorHandling(
                strategies,
                values.get(MAX_REJECTED),
                values.find(KEEP_REJECTED),
                values.get(MAX_RETRIES),
                Duration.ofSeconds(values.get(RETRY_DELAY)),
                values.get(ALERT_CHANNELS));
    }
}
