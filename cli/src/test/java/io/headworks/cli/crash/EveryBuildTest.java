package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every change must pass leaves out no target, no strategy and no fail-point altogether. */
class EveryBuildTest {
    @Test
    void hasEachTargetAndEachStrategyThatStoresSomething() {
        assertThat(EveryBuild.COMBINATIONS)
                .allMatch(Combination.all()::contains)
                .extracting(Combination::target)
                .containsAll(Combination.TARGETS);
        assertThat(EveryBuild.COMBINATIONS)
                .extracting(Combination::strategy)
                .containsAll(Arrays.stream(Strategy.values())
                        .filter(strategy -> strategy != Strategy.VIEW)
                        .toList());
    }

    @Test
    void hasEachFailPointThatAnyCombinationPasses() {
        List<Combination> every = Stream.concat(EveryBuild.COMBINATIONS.stream(), EveryBuild.HISTORIES.stream())
                .toList();
        List<Combination> all = Stream.concat(Combination.all().stream(), Combination.histories().stream())
                .toList();

        assertThat(FailPoint.values())
                .allSatisfy(point ->
                        assertThat(isPassed(every, point)).as(point.toString()).isEqualTo(isPassed(all, point)));
    }

    private static boolean isPassed(List<Combination> combinations, FailPoint point) {
        return combinations.stream()
                .anyMatch(each -> Unreachable.reason(each, point).isEmpty());
    }
}
