package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.Hw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scheduler that is killed at any instant and started again, while processes that it started go on: each slot ends once,
 * with one run. {@code -Dheadworks.seed=…} repeats the instants.
 */
class SchedulerKillsTest {
    private static final int PIPELINES = 5;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void twoHundredSlotsKilledTwentyTimes() throws Exception {
        kill(200, 20, 12_000);
    }

    @Test
    @Tag("ci")
    void sixSlotsKilledTwice() throws Exception {
        kill(6, 2, 3_000);
    }

    private void kill(int slots, int kills, int longestMillis) throws Exception {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        System.out.println("SchedulerKillsTest: seed " + seed);
        Random random = new Random(seed);
        HwProcess hw = HwProcess.prepared(folder.resolve("hw"));
        Path project = folder.resolve("project");
        write(project);
        Hw here = new Hw(project);
        for (int slot = 0; slot < slots; slot++) {
            assertThat(here.run("schedule", "trigger", "p" + slot % PIPELINES).exitCode())
                    .isZero();
        }
        for (int kill = 0; kill < kills; kill++) {
            hw.killAfter(600 + random.nextInt(longestMillis), project, "schedule", "run", "--parallel", "3");
        }
        HwProcess.Ended last = hw.run(project, "schedule", "run", "--once", "--parallel", "3");
        assertThat(last.exitCode()).as("seed " + seed + ": " + last.output()).isZero();

        Map<String, Integer> runs = new TreeMap<>();
        list(here.json("runs", "--limit", "1000"), "runs")
                .forEach(run -> runs.merge(run.get("pipeline_name") + " " + run.get("trigger"), 1, Integer::sum));
        List<Map<?, ?>> ended = list(here.json("schedule", "slots", "--limit", "1000"), "slots");
        assertThat(ended).as("seed " + seed).hasSize(slots).allSatisfy(slot -> {
            assertThat(slot.get("status")).isEqualTo("done");
            assertThat(slot.get("outcome")).isIn("success", "unverified");
            assertThat(runs.get(slot.get("pipeline") + " schedule " + slot.get("slot")))
                    .as("seed %d: runs of %s", seed, slot)
                    .isEqualTo(1);
        });
        assertThat(runs.values().stream().mapToInt(Integer::intValue).sum())
                .as("seed " + seed)
                .isEqualTo(slots);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Map<String, Object> document, String key) {
        return (List<Map<?, ?>>) Objects.requireNonNull(document.get(key));
    }

    /** Each into a file of its own, so that several run side by side; every slot of one is made up for. */
    private static void write(Path project) throws IOException {
        StringBuilder head =
                new StringBuilder("project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}\nconnections:\n"
                        + "  landing: {type: files, path: data}\n");
        Files.createDirectories(project.resolve("data"));
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("data/orders.csv"), "id,amount\n1,10\n2,20\n");
        for (int i = 0; i < PIPELINES; i++) {
            head.append("  target")
                    .append(i)
                    .append(": {type: parquet, path: lake")
                    .append(i)
                    .append("}\n");
            Files.writeString(project.resolve("pipelines/p" + i + ".yml"), """
                    pipeline:
                      name: p%d
                      schedule: {cron: "0 0 1 1 *", catch_up: all}
                      extract: {connection: landing, path: orders.csv, columns: {id: bigint, amount: bigint}}
                      load: {connection: target%d, table: orders, strategy: truncate-reload}
                    """.formatted(i, i));
        }
        Files.writeString(project.resolve("headworks.yml"), head);
    }
}
