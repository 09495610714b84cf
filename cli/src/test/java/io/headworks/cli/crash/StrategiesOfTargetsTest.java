package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.load.Strategy;
import io.headworks.cli.Hw;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each strategy over each way to extract is planned on each target, or refused by the plan with the reason and what to do
 * instead; nothing is left for the load to refuse. The contract of targets proves what those that are planned do, and the
 * crash matrix kills each of them.
 */
class StrategiesOfTargetsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(strings = {"duckdb", "postgresql"})
    void arePlannedOrRefusedWithTheAlternative(String target) throws Exception {
        plan(target);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"parquet", "sqlite", "mysql"})
    void ofOtherTargetsArePlannedOrRefusedAlike(String target) throws Exception {
        plan(target);
    }

    private void plan(String target) throws Exception {
        for (Strategy strategy : Strategy.values()) {
            for (boolean incremental : new boolean[] {false, true}) {
                Combination one = new Combination(target, strategy, incremental, false);
                try (CrashProject project = CrashProject.make(one, folder.resolve(one.toString()))) {
                    Hw.Result plan = new Hw(project.folder()).run("plan", "load");
                    String said = plan.out() + plan.err();
                    if (Combination.all().contains(one)) {
                        assertThat(plan.exitCode()).as(one + ": " + said).isZero();
                    } else {
                        assertThat(plan.exitCode()).as(one + ": " + said).isEqualTo(2);
                        assertThat(said).as(one.toString()).contains(alternative(strategy));
                    }
                }
            }
        }
    }

    private static String alternative(Strategy strategy) {
        return switch (strategy) {
            case APPEND -> "write truncate-reload or upsert";
            case TRUNCATE_RELOAD -> "set extract.strategy: full, or load by upsert or merge";
            case VIEW -> "view";
            default -> throw new AssertionError(strategy + " is possible everywhere");
        };
    }
}
