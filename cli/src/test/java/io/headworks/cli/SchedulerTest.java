package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.run.Cancellation;
import io.headworks.core.schedule.Limits;
import io.headworks.core.schedule.ScheduleEvents;
import io.headworks.core.schedule.Scheduler;
import io.headworks.core.schedule.Schedules;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import io.headworks.core.state.Slot;
import io.headworks.core.state.SlotStore.Due;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler whose clock is moved by hand, and the processes that it starts. */
final class SchedulerTest {
    private static final Instant START = Instant.parse("2026-03-02T10:20:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock(START);
    private final Told told = new Told();
    private Shop shop;

    @BeforeEach
    void shop() {
        shop = new Shop(folder, "duckdb").rows("orders1.csv", 1, 3);
        orders("schedule: {cron: \"0 * * * *\", timezone: Europe/Rome}\nsla_minutes: 30");
    }

    private void orders(String schedule) {
        shop.pipeline(
                schedule,
                "extract: {connection: landing, path: \"orders*.csv\", strategy: incremental,"
                        + " columns: {id: bigint, amount: bigint}}",
                "load: {connection: warehouse, table: orders, strategy: append}");
    }

    @Test
    @Tag("ci")
    void slotsRunOnceAndWhatReadsTheirDataFollows() {
        shop.hw().write("models/total.sql", """
                /* model
                schedule: after-inputs
                load: {connection: warehouse, strategy: truncate-reload}
                */
                select sum(amount) as amount from orders
                """);
        try (Scheduler scheduler = scheduler()) {
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            assertThat(told.lines).isEmpty();

            clock.move(Duration.ofMinutes(40));
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            assertThat(told.ended()).containsExactly("orders 2026-03-02T11:00:00Z unverified", "total unverified");

            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            assertThat(told.ended()).hasSize(2);
            assertThat(shop.log().get("trigger")).isEqualTo("schedule 2026-03-02T11:00:00Z");

            // the next one finds nothing new: what reads its data has nothing to do either
            clock.move(Duration.ofHours(1));
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            assertThat(told.ended()).hasSize(3);
        }
        assertThat(shop.hw().rows("select amount from total")).containsExactly("[60]");
        assertThat(schedules().slots("total", 9)).extracting(Slot::cause).containsExactly("new data of orders");
    }

    @Test
    @Tag("ci")
    void missedSlotsAreMadeUpForByTheLatestWhichIsLate() {
        try (Scheduler scheduler = scheduler()) {
            scheduler.tick();
        }
        clock.move(Duration.ofDays(1).plusMinutes(20));
        try (Scheduler scheduler = scheduler()) {
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
        }
        assertThat(told.lines).filteredOn(line -> line.startsWith("late")).containsExactly("late orders");
        assertThat(schedules().slots("orders", 9)).singleElement().satisfies(slot -> {
            assertThat(slot.slot()).isEqualTo("2026-03-03T10:00:00Z");
            assertThat(slot.skips()).isEqualTo(23);
        });
    }

    @Test
    @Tag("ci")
    void newFilesStartWhatReadsThem() {
        orders("schedule: on-files");
        try (Scheduler scheduler = scheduler()) {
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            shop.rows("orders2.csv", 4, 5);
            clock.move(Duration.ofMinutes(1));
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
            clock.move(Duration.ofMinutes(1));
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
        }
        assertThat(schedules().slots("orders", 9))
                .extracting(Slot::cause)
                .containsExactly("files orders2.csv", "files orders1.csv");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    @Tag("ci")
    void aProjectThatBrokeFailsItsSlotsAloud() {
        try (Scheduler scheduler = scheduler()) {
            scheduler.tick();
            shop.hw().replace("pipelines/orders.yml", "strategy: append", "strategy: apend");
            clock.move(Duration.ofMinutes(40));
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
        }
        assertThat(told.lines).anyMatch(line -> line.startsWith("problem Cannot follow the project's change"));
        Slot slot = schedules(repaired()).slots("orders", 1).get(0);
        assertThat(slot.outcome()).isEqualTo("failed");
        assertThat(slot.exitCode()).isEqualTo(2);
        assertThat(slot.message()).contains("Cannot");
    }

    private Project repaired() {
        shop.hw().replace("pipelines/orders.yml", "strategy: apend", "strategy: append");
        return project();
    }

    @Test
    void aCancelledSlotDoesNotRun() {
        Slot slot = schedules().trigger("orders", "by hand");
        assertThat(schedules().cancel(slot.id().substring(0, 30)).outcome()).isEqualTo("cancelled");
        try (Scheduler scheduler = scheduler()) {
            scheduler.runWhatIsDue(new Cancellation(), GRACE);
        }
        assertThat(shop.hw().run("run", "orders", "--slot", slot.id() + ":0").out())
                .contains("nothing to do: this slot was cancelled");
        assertThatThrownBy(() -> schedules().cancel(slot.id())).hasMessageContaining("it is done: cancelled");
        assertThatThrownBy(() -> schedules().trigger("order", "by hand"))
                .hasMessageContaining("the project has no such pipeline");
    }

    @Test
    void schedulesAreShownWithTheirSlotsToCome() {
        orders("schedule: {cron: \"30 2 * * *\", timezone: Europe/Rome}");
        List<Map<String, Object>> pipelines =
                Documents.list(schedules(clockAt("2026-03-28T12:00:00Z")).document(2), "pipelines");
        List<Map<String, Object>> next = Documents.list(pipelines.get(0), "next");
        assertThat(next)
                .extracting(slot -> slot.get("local"))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(shop.hw().run("schedule").out()).contains("no scheduler runs: nothing starts by itself");

        shop.hw()
                .write(
                        "checks/orders.yml",
                        "checks: {table: warehouse:orders, schedule: \"0 6 * * *\", run: [{not_null: id}]}\n");
        orders("schedule: after-inputs");
        assertThat(shop.hw().run("schedule").out())
                .contains("problem: checks/orders.yml:1", "the checks of warehouse:orders is not obeyed yet");
        assertThat(shop.hw().run("schedule").out())
                .contains("problem: orders never runs by itself: no pipeline of this project writes what it reads");
        orders("schedule: \"61 * * * *\"");
        assertThat(shop.hw().run("schedule").err()).contains("pipelines/orders.yml:3", "'61 * * * *' is no");
        orders("schedule: \"0 0 30 2 *\"");
        assertThat(shop.hw().run("validate").out()).contains("pipelines/orders.yml:3", "is on no day of any year");
    }

    private Clock clockAt(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private Scheduler scheduler() {
        HwCommand options = new HwCommand();
        options.project = folder;
        return new Scheduler(
                setup(clock), this::project, new ChildProcesses(options, folder, null), new Limits(2, Map.of()), told);
    }

    private static Setup setup(Clock clock) {
        Setup real = Assembly.setup();
        return new Setup(real.connectors(), real.engines(), clock, real.version());
    }

    private Project project() {
        Setup setup = Assembly.setup();
        var loaded =
                new ProjectLoader(setup.connectors().all(), setup.engines()::inspector).load(folder, null, Map.of());
        if (loaded.project() == null) {
            throw new BrokenProject(loaded.problems());
        }
        return Objects.requireNonNull(loaded.project());
    }

    private Schedules schedules() {
        return schedules(clock);
    }

    private Schedules schedules(Clock at) {
        return new Schedules(setup(at), project(), new ProjectState(setup(at), folder));
    }

    private Schedules schedules(Project project) {
        return new Schedules(setup(clock), project, new ProjectState(setup(clock), folder));
    }

    /** Stands where it is put. */
    private static final class HandClock extends Clock {
        private Instant now;

        HandClock(Instant now) {
            this.now = now;
        }

        void move(Duration by) {
            now = now.plus(by);
        }

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

    private static final class Told implements ScheduleEvents {
        private final List<String> lines = new ArrayList<>();

        List<String> ended() {
            return lines.stream()
                    .filter(line -> line.startsWith("ended "))
                    .map(line -> line.substring(6))
                    .toList();
        }

        @Override
        public void queued(Due due) {
            lines.add("queued " + due.pipeline());
        }

        @Override
        public void started(Slot slot, long pid) {
            lines.add("started " + slot.pipeline());
        }

        @Override
        public void adopted(Slot slot) {
            lines.add("adopted " + slot.pipeline());
        }

        @Override
        public void ended(Slot slot) {
            String of = slot.pipeline().equals("orders") ? "orders " + slot.slot() : slot.pipeline();
            lines.add("ended " + of + " " + slot.outcome());
        }

        @Override
        public void late(Slot slot) {
            lines.add("late " + slot.pipeline());
        }

        @Override
        public void stopping(Slot slot, String why) {
            lines.add("stopping " + slot.pipeline() + ": " + why);
        }

        @Override
        public void problem(String sentence) {
            lines.add("problem " + sentence);
        }
    }
}
