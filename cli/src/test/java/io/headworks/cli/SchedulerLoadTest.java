package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.schedule.Children;
import io.headworks.core.schedule.Limits;
import io.headworks.core.schedule.ScheduleEvents;
import io.headworks.core.schedule.Scheduler;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.SlotStore.Due;
import io.headworks.core.state.StateDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand pipelines that are due each minute of an hour; what does their slots costs nothing here. */
@Tag("slow")
final class SchedulerLoadTest {
    private static final int PIPELINES = 1_000;
    private static final int MINUTES = 60;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-02T10:00:30Z");

    @Test
    void everySlotOfAThousandPipelinesEndsOnce() {
        Shop shop = new Shop(folder, "parquet");
        StringBuilder connections = new StringBuilder();
        for (int i = 0; i < PIPELINES; i++) {
            shop.hw().write("pipelines/p" + i + ".yml", """
                    pipeline:
                      name: p%d
                      schedule: "* * * * *"
                      extract: {connection: landing, path: orders.csv, columns: {id: bigint}}
                      load: {connection: t%d, table: orders, strategy: truncate-reload}
                    """.formatted(i, i));
            connections.append("  t" + i + ": {type: parquet, path: lake/t" + i + "}\n");
        }
        shop.hw().replace("headworks.yml", "connections:\n", "connections:\n" + connections);
        Setup real = Assembly.setup();
        Setup setup = new Setup(real.connectors(), real.engines(), new Moved(), real.version());
        Project project =
                Objects.requireNonNull(new ProjectLoader(real.connectors().all(), real.engines()::inspector)
                        .load(folder, null, Map.of())
                        .project());
        Counted counted = new Counted();
        List<Long> millis = new ArrayList<>();
        try (StateDatabase state = new ProjectState(setup, folder).open();
                Scheduler scheduler = new Scheduler(
                        setup,
                        () -> project,
                        new AtOnce(new SlotStore(state)),
                        new Limits(PIPELINES, Map.of()),
                        counted)) {
            scheduler.tick();
            for (int minute = 0; minute < MINUTES; minute++) {
                now = now.plusSeconds(60);
                long began = System.nanoTime();
                scheduler.tick();
                millis.add((System.nanoTime() - began) / 1_000_000);
            }
            scheduler.tick();
        }
        Collections.sort(millis);
        Runtime.getRuntime().gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(
                "SchedulerLoadTest: %d slots; all of a minute queued and started in %d ms (median), %d ms (worst);"
                        + " heap %d MB; state %d bytes a slot%n",
                counted.ended.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1),
                used >> 20,
                folder.resolve(".headworks/state.db").toFile().length() / counted.ended.size());
        assertThat(counted.ended).hasSize(PIPELINES * MINUTES);
        assertThat(counted.ended.values()).containsOnly(1);
    }

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Takes a slot and ends it, as a process would. */
    private final class AtOnce implements Children {
        private final SlotStore store;

        AtOnce(SlotStore store) {
            this.store = store;
        }

        @Override
        public Child start(Order order) {
            assertThat(store.take(order.slotId(), order.attempt(), now)).isTrue();
            SlotStore.End end = new SlotStore.End("success", 0, null, null);
            assertThat(store.end(order.slotId(), order.attempt(), Status.RUNNING, end, now))
                    .isTrue();
            return new Ended();
        }
    }

    private static final class Ended implements Children.Child {
        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean hasEnded() {
            return true;
        }

        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void onEnd(Runnable then) {
            then.run();
        }
    }

    private static final class Counted implements ScheduleEvents {
        private final Map<String, Integer> ended = new HashMap<>();

        @Override
        public void ended(Slot slot) {
            ended.merge(slot.pipeline() + " " + slot.slot(), 1, Integer::sum);
        }

        @Override
        public void queued(Due due) {}

        @Override
        public void started(Slot slot, long pid) {}

        @Override
        public void adopted(Slot slot) {}

        @Override
        public void late(Slot slot) {}

        @Override
        public void stopping(Slot slot, String why) {}

        @Override
        public void problem(String sentence) {
            throw new AssertionError(sentence);
        }
    }
}
