package io.headworks.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.LoadTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastRunsTest {
    private static final LoadTest.Performance TWICE =
            new LoadTest.Performance(BigDecimal.valueOf(2), 6, Duration.ofSeconds(5));

    private static Map<String, @Nullable Object> run(int seconds) {
        Instant began = Instant.parse("2026-01-01T00:00:00Z");
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("run_id", "run-of-" + seconds);
        run.put("environment", "default");
        run.put("status", "success");
        run.put("started_at", began.toString());
        run.put("completed_at", began.plusSeconds(seconds).toString());
        run.put("nothing_to_do", null);
        run.put("ledger", Map.of("kind", "live"));
        run.put("asked", new LinkedHashMap<>(Map.of("full_refresh", false)));
        return run;
    }

    /** Newest first. */
    private static List<Map<String, @Nullable Object>> runs(int... seconds) {
        List<Map<String, @Nullable Object>> runs = new ArrayList<>();
        for (int each : seconds) {
            runs.add(run(each));
        }
        return runs;
    }

    private static List<String> judged(List<Map<String, @Nullable Object>> runs) {
        return new PastRuns("default").judge(TWICE, runs);
    }

    @Test
    void theNewestIsJudgedByTheMedianOfThoseBefore() {
        assertThat(judged(runs(40, 20, 19, 500, 21, 18))).isEmpty();
        assertThat(judged(runs(41, 20, 19, 500, 21, 18)))
                .containsExactly("run run-of-41 took 41.0 s (allowed: 2 times the median of 5 runs before it, which is"
                        + " 20.0 s)");
    }

    @Test
    void onlySoManyRunsCount() {
        assertThat(judged(runs(15, 5, 5, 5, 5, 5, 5, 90, 90, 90, 90, 90, 90, 90)))
                .hasSize(1);
    }

    @Test
    void whatIsShortIsNeverTooSlow() {
        assertThat(judged(runs(5, 1, 1, 1, 1, 1))).isEmpty();
        assertThat(judged(runs(6, 1, 1, 1, 1, 1))).hasSize(1);
    }

    @Test
    void withoutAHistoryNothingPasses() {
        assertThat(judged(runs(1, 1, 1, 1, 1)).get(0))
                .contains("cannot be judged: there are 4 earlier runs (needed: 5");
        assertThat(judged(List.of()).get(0)).contains("there are 0 earlier runs");
    }

    @Test
    void otherKindsOfRunsDoNotCount() {
        List<Map<String, @Nullable Object>> runs = runs(90, 91, 92, 93, 94, 95, 10, 10, 10, 10, 10, 10);
        runs.get(0).put("status", "failed");
        runs.get(1).put("nothing_to_do", "no new file");
        runs.get(2).put("environment", "test");
        runs.get(3).put("asked", new LinkedHashMap<>(Map.of("from", "2024-01-01")));
        runs.get(4).put("asked", new LinkedHashMap<>(Map.of("full_refresh", true)));
        runs.get(5).put("ledger", null);
        assertThat(judged(runs)).isEmpty();
    }
}
