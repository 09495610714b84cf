package io.headworks.core.proof;

import io.headworks.core.spec.LoadTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges how long a pipeline's newest run took by those before it. Runs nothing. */
final class PastRuns {
    private static final Set<String> PUBLISHED = Set.of("success", "unverified");

    private final String environment;

    PastRuns(String environment) {
        this.environment = environment;
    }

    /**
     * Answers why the newest run was too slow, or cannot be judged; empty when it was not.
     *
     * @param documents of the pipeline's runs, newest first
     */
    List<String> judge(LoadTest.Performance bound, List<Map<String, @Nullable Object>> documents) {
        List<Map<String, @Nullable Object>> runs = documents.stream()
                .filter(this::isComparable)
                .limit(bound.runs() + 1L)
                .toList();
        if (runs.size() <= LoadTest.Performance.FEWEST_RUNS) {
            return List.of("cannot be judged: there are " + Math.max(0, runs.size() - 1) + " earlier runs (needed: "
                    + LoadTest.Performance.FEWEST_RUNS + " that loaded new data and published it)");
        }
        Duration newest = took(runs.get(0));
        List<Duration> earlier =
                runs.stream().skip(1).map(PastRuns::took).sorted().toList();
        Duration usual = earlier.get(earlier.size() / 2);
        double most = Math.max(seconds(bound.ignoreBelow()), bound.times().doubleValue() * seconds(usual));
        return seconds(newest) <= most
                ? List.of()
                : List.of("run " + runs.get(0).get("run_id") + " took " + seconds(newest) + " s (allowed: "
                        + bound.times().toPlainString() + " times the median of " + earlier.size()
                        + " runs before it, which is " + seconds(usual) + " s)");
    }

    /** A slice or a full refresh takes another time by its nature; one with nothing to do, none. */
    private boolean isComparable(Map<String, @Nullable Object> run) {
        Map<?, ?> asked = (Map<?, ?>) Objects.requireNonNull(run.get("asked"));
        return environment.equals(run.get("environment"))
                && PUBLISHED.contains(String.valueOf(run.get("status")))
                && run.get("nothing_to_do") == null
                && run.get("ledger") != null
                && asked.get("from") == null
                && !Boolean.TRUE.equals(asked.get("full_refresh"))
                && run.get("completed_at") != null;
    }

    private static Duration took(Map<String, @Nullable Object> run) {
        return Duration.between(
                Instant.parse(String.valueOf(run.get("started_at"))),
                Instant.parse(String.valueOf(run.get("completed_at"))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
