package io.headworks.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Dimension;
import io.headworks.api.check.Measure;
import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Rule.Anomaly.Direction;
import io.headworks.api.check.Rule.Anomaly.Season;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyVerdictTest {
    /** A Sunday. */
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static CheckResult judge(
            Direction direction, Season season, String floor, String value, List<MeasuredBefore> earlier) {
        Rule rule = new Rule.Anomaly(
                Measure.rows(),
                Duration.ofDays(60),
                direction,
                new BigDecimal("3.5"),
                new BigDecimal(floor),
                season,
                5);
        Check check = new Check(
                "a",
                rule,
                Severity.P1,
                Threshold.NONE,
                Threshold.NONE,
                null,
                Scope.TABLE,
                Dimension.ACCURACY,
                OnFail.RECORD,
                null);
        CheckResult found = CheckResult.unverified(check, 1, value).withValue(new BigDecimal(value));
        return AnomalyVerdict.judge(found, NOW, earlier);
    }

    private static List<MeasuredBefore> daily(int... values) {
        List<MeasuredBefore> earlier = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            earlier.add(new MeasuredBefore(NOW.minus(Duration.ofDays(i + 1L)), BigDecimal.valueOf(values[i])));
        }
        return earlier;
    }

    /** Median 100, median absolute deviation 2: 3.5 spreads are 10.3782. */
    @ParameterizedTest
    @CsvSource({
        "BOTH, 110.3782, PASSED",
        "BOTH, 110.3783, FAILED",
        "BOTH, 89.6218, PASSED",
        "BOTH, 89.6217, FAILED",
        "UP, 50, PASSED",
        "UP, 111, FAILED",
        "DOWN, 150, PASSED",
        "DOWN, 89, FAILED"
    })
    void straysFromTheMedian(Direction direction, String value, Status status) {
        CheckResult result = judge(direction, Season.NONE, "0", value, daily(96, 98, 100, 102, 104));
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.value()).isEqualByComparingTo(value);
    }

    @Test
    void isNotMovedByAWildPast() {
        assertThat(judge(Direction.BOTH, Season.NONE, "0", "100", daily(96, 98, 100, 102, 104, 1_000_000, 0))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void hasAFloorWhereThePastIsConstant() {
        List<MeasuredBefore> constant = daily(100, 100, 100, 100, 100);
        assertThat(judge(Direction.BOTH, Season.NONE, "0.05", "105", constant).status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(Direction.BOTH, Season.NONE, "0.05", "105.1", constant).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void comparesWithinItsSeason() {
        int[] values = new int[42];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i + 1) % 7 == 0 ? 10 : 1_000;
        }
        assertThat(judge(Direction.BOTH, Season.WEEKDAY, "0.05", "10", daily(values))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(Direction.BOTH, Season.WEEKDAY, "0.05", "1000", daily(values))
                        .status())
                .isEqualTo(Status.FAILED);
        assertThat(judge(Direction.BOTH, Season.NONE, "0.05", "10", daily(values))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void isUnverifiedWithLittleOfItsSeason() {
        CheckResult result = judge(Direction.BOTH, Season.WEEKDAY, "0", "9", daily(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(result.status()).isEqualTo(Status.UNVERIFIED);
        assertThat(result.observed())
                .isEqualTo("9, not judged: not enough history (1 earlier numbers of this weekday, 5 are needed)");
    }
}
