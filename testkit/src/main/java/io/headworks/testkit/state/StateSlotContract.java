package io.headworks.testkit.state;

import static io.headworks.testkit.state.Remembered.DAY;
import static io.headworks.testkit.state.Remembered.id;
import static io.headworks.testkit.state.Remembered.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.record.RunStatus;
import io.headworks.core.state.PublishedRuns;
import io.headworks.core.state.SchedulerSeat;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotCursors;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.SlotStore.Due;
import io.headworks.core.state.SlotStore.End;
import io.headworks.core.state.StateBackup;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import io.headworks.core.state.StatePurge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is promised of the queue of slots, wherever the state is kept. */
public abstract class StateSlotContract extends StateSchemaContract {
    private static final End SUCCESS = new End("success", 0, id(9), null);
    private static final Cursor CURSOR = new Cursor("* * * * * UTC", DAY, "");

    @Nested
    class Slots {
        private static final int AT_ONCE = 6;

        private SlotStore slots;

        @BeforeEach
        void open() {
            slots = new SlotStore(state);
        }

        private static Due due(int number, Instant at) {
            return new Due(id(number), "orders", at, 2, "* * * * * UTC", 0, at.plusSeconds(60), false);
        }

        private Slot slot(int number) {
            return slots.find(id(number)).get(0);
        }

        private Slot starting(int number) {
            slots.queue("default", "orders", List.of(due(number, DAY.plusSeconds(number))), CURSOR, DAY);
            assertThat(slots.starting(slot(number))).isTrue();
            return slot(number);
        }

        @Test
        void areInTheQueueOnce() {
            Cursor next = new Cursor("* * * * * UTC", DAY.plusSeconds(60), "");
            assertThat(slots.queue("default", "orders", List.of(due(1, DAY)), CURSOR, DAY))
                    .hasSize(1);
            assertThat(slots.queue("default", "orders", List.of(due(2, DAY), due(3, DAY.plusSeconds(60))), next, DAY))
                    .extracting(Due::id)
                    .containsExactly(id(3));
            assertThat(slots.queue("prod", "orders", List.of(due(4, DAY)), CURSOR, DAY))
                    .hasSize(1);

            assertThat(slots.open("default")).extracting(Slot::id).containsExactly(id(1), id(3));
            assertThat(new SlotCursors(state).of("default")).containsEntry("orders", next);
            assertThat(new SlotCursors(state).of("prod")).containsEntry("orders", CURSOR);
        }

        @Test
        void areQueuedWithTheirCursorOrNotAtAll() {
            tamper("drop table schedule_cursor");
            try {
                slots.queue("default", "orders", List.of(due(1, DAY)), CURSOR, DAY);
            } catch (RuntimeException noTable) {
                assertThat(slots.find(id(1))).isEmpty();
                return;
            }
            throw new AssertionError("queued without a cursor");
        }

        @Test
        void areStartedTakenAndEndedByOneOfMany() throws Exception {
            slots.queue("default", "orders", List.of(due(1, DAY)), CURSOR, DAY);
            Slot queued = slot(1);

            assertThat(atOnce(each -> each.starting(queued))).containsOnlyOnce(true);
            assertThat(atOnce(each -> each.take(id(1), 1, DAY))).containsOnlyOnce(true);
            assertThat(atOnce(each -> each.end(id(1), 1, Status.RUNNING, SUCCESS, DAY)))
                    .containsOnlyOnce(true);
            assertThat(slot(1).outcome()).isEqualTo("success");
            assertThat(slot(1).exitCode()).isZero();
            assertThat(slots.open("default")).isEmpty();
        }

        private List<Boolean> atOnce(Predicate<SlotStore> step) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
            try {
                List<Callable<Boolean>> steps = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    steps.add(() -> {
                        try (StateDatabase own = StateDatabase.open(home)) {
                            return step.test(new SlotStore(own));
                        }
                    });
                }
                List<Boolean> done = new ArrayList<>();
                for (Future<Boolean> each : threads.invokeAll(steps)) {
                    done.add(each.get());
                }
                return done;
            } finally {
                threads.shutdown();
            }
        }

        /** A process that was started by a scheduler that is dead comes late. */
        @Test
        void areTakenByTheirNewestProcessOnly() {
            Slot first = starting(1);
            assertThat(slots.requeue(first)).isTrue();
            assertThat(slots.starting(slot(1))).isTrue();

            assertThat(slots.take(id(1), 1, DAY)).isFalse();
            assertThat(slots.end(id(1), 1, Status.STARTING, SUCCESS, DAY)).isFalse();
            assertThat(slots.take(id(1), 2, DAY)).isTrue();
            assertThat(slots.requeue(slot(1))).isFalse();
        }

        @Test
        void knowWhetherTheirProcessLives() {
            starting(1);
            slots.take(id(1), 1, DAY);
            assertThat(slot(1).holder().alive()).isTrue();

            tamper("update schedule_slot set pid = 999999999");
            assertThat(slot(1).holder().alive()).isFalse();
        }

        @Test
        void ofAnotherMachineLiveAsLongAsTheirLease() {
            starting(1);
            try (StateDatabase elsewhere = StateDatabase.open(home, ELSEWHERE)) {
                assertThat(new SlotStore(elsewhere).take(id(1), 1, DAY)).isTrue();
            }
            assertThat(slot(1).holder().alive()).isTrue();
            assertThat(slot(1).holder().isHere()).isFalse();

            tamper("update schedule_slot set lease_until = 0");
            assertThat(slot(1).holder().alive()).isFalse();
        }

        @Test
        void areLateOnce() {
            slots.queue("default", "orders", List.of(due(1, DAY)), CURSOR, DAY);
            assertThat(slots.late(slot(1), DAY)).isTrue();
            assertThat(slots.late(slot(1), DAY)).isFalse();
            assertThat(slot(1).lateAfter()).isEqualTo(DAY.plusSeconds(60));
        }

        @Test
        void thatWereSkippedAreKeptAsSuch() {
            Due skipped = new Due(id(1), "orders", DAY, 2, "cron", 7, null, true);
            slots.queue("default", "orders", List.of(skipped), CURSOR, DAY);
            assertThat(slots.open("default")).isEmpty();
            assertThat(slots.lastDone("default")).singleElement().satisfies(slot -> {
                assertThat(slot.outcome()).isEqualTo(Slot.SKIPPED);
                assertThat(slot.skips()).isEqualTo(7);
            });
        }

        @Test
        void goWithTheRunsOfTheirTimeButTheNewest() {
            for (int number = 1; number <= 3; number++) {
                starting(number);
                slots.take(id(number), 1, DAY);
                slots.end(id(number), 1, Status.RUNNING, SUCCESS, DAY.plusSeconds(number));
            }
            store.finished(run(2, "orders", RunStatus.SUCCESS));

            assertThat(new StatePurge(state).slots()).isEqualTo(1);
            assertThat(slots.newest("default", "orders", 9))
                    .extracting(Slot::id)
                    .containsExactly(id(3), id(2));
        }

        @Test
        void areBackedUp() {
            starting(1);
            Path file = folder.resolve("slots.db");
            StateBackup.write(state, file);
            try (StateDatabase copy = StateDatabase.open(new StateFile(file))) {
                assertThat(new SlotStore(copy).open("default"))
                        .extracting(Slot::id)
                        .containsExactly(id(1));
                assertThat(new SlotCursors(copy).of("default")).containsEntry("orders", CURSOR);
            }
        }

        @Test
        void followRunsThatPublished() {
            store.finished(run(1, "orders", RunStatus.SUCCESS));
            store.finished(run(2, "orders", RunStatus.FAILED));

            PublishedRuns.Published newest = new PublishedRuns(state).newest("default", "orders");
            assertThat(newest.ended()).isEqualTo(DAY.plusSeconds(6));
            assertThat(newest.withData()).isEqualTo(DAY.plusSeconds(6));
            assertThat(new PublishedRuns(state).newest("prod", "orders").ended())
                    .isNull();
            assertThat(new PublishedRuns(state).newestStart("default", "orders"))
                    .isEqualTo(DAY.plusSeconds(2));
        }
    }

    @Nested
    class Schedulers {
        @Test
        void areOneAtATime() {
            SchedulerSeat own = new SchedulerSeat(state, "default");
            assertThat(own.take(DAY)).isTrue();
            try (StateDatabase elsewhere = StateDatabase.open(home, ELSEWHERE)) {
                SchedulerSeat other = new SchedulerSeat(elsewhere, "default");
                assertThat(other.take(DAY)).isFalse();
                assertThat(other.renew()).isFalse();
                assertThat(new SchedulerSeat(elsewhere, "prod").take(DAY)).isTrue();

                tamper("update scheduler set lease_until = 0");
                assertThat(own.renew()).isTrue();
                tamper("update scheduler set lease_until = 0");
                assertThat(other.take(DAY)).isTrue();
                assertThat(own.renew()).isFalse();
                assertThat(own.take(DAY)).isFalse();
                other.leave();
            }
            assertThat(own.holder()).isEmpty();
        }

        @Test
        void thatDiedLeaveTheirSeat() {
            SchedulerSeat seat = new SchedulerSeat(state, "default");
            seat.take(DAY);
            tamper("update scheduler set pid = 999999999");
            assertThat(seat.holder().orElseThrow().alive()).isFalse();
            assertThat(seat.take(DAY)).isTrue();
        }
    }
}
