package io.headworks.testkit.state;

import static io.headworks.testkit.state.Remembered.DAY;
import static io.headworks.testkit.state.Remembered.id;
import static io.headworks.testkit.state.Remembered.key;
import static io.headworks.testkit.state.Remembered.ledger;
import static io.headworks.testkit.state.Remembered.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunStatus;
import io.headworks.core.slice.LoadedRange;
import io.headworks.core.slice.Slice;
import io.headworks.core.state.BackfillStore;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.SliceHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is promised of slices and backfills, wherever the state is kept. */
public abstract class StateSliceContract extends StateSlotContract {
    @Nested
    class Slices {
        private List<String> loaded() {
            return new SliceHistory(state)
                    .loaded(key("orders"), ZoneOffset.UTC).stream()
                            .sorted(Comparator.comparing(LoadedRange::range))
                            .map(range -> range.range() + " " + range.slices() + "/" + range.rows())
                            .toList();
        }

        private List<String> failed() {
            return new SliceHistory(state)
                    .failed(key("orders"), ZoneOffset.UTC).stream()
                            .map(String::valueOf)
                            .toList();
        }

        private void commit(int run, String from, String to) {
            store.committed(ledger(run, "orders", run, from, to));
        }

        @Test
        void areKeptAsRanges() {
            commit(1, "2024-01-02", "2024-01-03");
            commit(2, "2024-01-01", "2024-01-02");
            commit(2, "2024-01-01", "2024-01-02");
            commit(3, "2024-01-05", "2024-01-06");

            assertThat(loaded()).containsExactly("2024-01-01 to 2024-01-03 2/3", "2024-01-05 to 2024-01-06 1/3");
        }

        @Test
        void takeThePlaceOfThoseBefore() {
            commit(1, "2024-01-01", "2024-01-02");
            commit(2, "2024-01-02", "2024-01-03");
            commit(3, "2024-01-03", "2024-01-04");
            commit(4, "2024-01-02", "2024-01-03");
            commit(2, "2024-01-02", "2024-01-03");

            assertThat(loaded())
                    .as("a late word of an older run says nothing")
                    .containsExactly("2024-01-01 to 2024-01-04 3/8");
        }

        @Test
        void thatAreNotOverAreNotLoadedWhole() {
            Instant begun = RunIds.instant(id(1));
            String day = begun.atZone(ZoneOffset.UTC).toLocalDate().toString();
            String next = begun.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1).toString();
            commit(1, day, next);

            assertThat(loaded()).containsExactly(day + " to " + begun + " 1/1");
            commit(1, next, "2026-01-01");
            assertThat(loaded()).hasSize(1);
        }

        @Test
        void failUntilTheySucceed() {
            Request day = new Request("2024-01-01", "2024-01-02", false);
            store.finished(Remembered.slice(1, "orders", RunStatus.FAILED, day, null));
            store.finished(Remembered.slice(
                    2, "orders", RunStatus.CANCELLED, new Request("2024-02-01", "2024-02-02", false), null));
            assertThat(failed()).containsExactly("2024-01-01 to 2024-01-02");

            store.finished(Remembered.slice(
                    3, "orders", RunStatus.SUCCESS, day, ledger(3, "orders", 5, "2024-01-01", "2024-01-02")));
            assertThat(failed()).isEmpty();
            assertThat(new SliceHistory(state).loaded(key("orders"), ZoneOffset.UTC))
                    .extracting(LoadedRange::definition)
                    .containsExactly("definition");
        }

        @Test
        void failWhenTheirRunIsKilled() {
            Request day = new Request("2024-01-01", "2024-01-02", false);
            try (StateDatabase other = StateDatabase.open(home, ELSEWHERE)) {
                store(other).running(Remembered.slice(1, "orders", RunStatus.RUNNING, day, null));
            }
            tamper("update run set lease_until = 0");
            KilledRuns.close(state, DAY);

            assertThat(failed()).containsExactly("2024-01-01 to 2024-01-02");
            commit(1, "2024-01-01", "2024-01-02");
            assertThat(failed()).as("it did commit").isEmpty();
        }

        @Test
        void areFoundByTheRunsThatLoadedThem() {
            commit(1, "2024-01-01", "2024-01-02");
            commit(3, "2024-01-02", "2024-01-03");

            assertThat(new SliceHistory(state).loadedSince(key("orders"), id(2), ZoneOffset.UTC))
                    .extracting(Slice::toString)
                    .containsExactly("2024-01-02 to 2024-01-03");
        }

        @Test
        void areSharedByProcesses() throws Exception {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int first = writer;
                writers.add(() -> {
                    try (StateDatabase opened = StateDatabase.open(home)) {
                        for (int day = 1 + first; day <= 28; day += 4) {
                            store(opened)
                                    .committed(ledger(
                                            day,
                                            "orders",
                                            1,
                                            String.format("2024-01-%02d", day),
                                            String.format("2024-01-%02d", day + 1)));
                        }
                        return true;
                    }
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(writers.size());
            try {
                for (Future<Boolean> each : threads.invokeAll(writers)) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(loaded()).containsExactly("2024-01-01 to 2024-01-29 28/28");
        }
    }

    @Nested
    class Backfills {
        private final List<String> orders = List.of("dataset warehouse:orders");

        @Test
        void sayWhatTheyWrite() {
            BackfillStore backfills = new BackfillStore(state);
            backfills.begin(id(1), "default", "{}");
            assertThat(store.backfillIn(orders)).isEmpty();

            backfills.write(id(1), List.of("file warehouse", "dataset warehouse:orders"));
            assertThat(store.backfillIn(orders)).contains(id(1));
            assertThat(store.backfillIn(List.of("dataset warehouse:other"))).isEmpty();

            backfills.write(id(1), List.of());
            assertThat(store.backfillIn(orders)).isEmpty();
        }

        @Test
        void thatAreGoneHoldNothing() {
            try (StateDatabase other = StateDatabase.open(home, ELSEWHERE)) {
                BackfillStore backfills = new BackfillStore(other);
                backfills.begin(id(1), "default", "{}");
                backfills.write(id(1), orders);
            }
            assertThat(store.backfillIn(orders)).as("its lease is not over").isPresent();
            tamper("update backfill set lease_until = 0");

            assertThat(store.backfillIn(orders)).isEmpty();
            assertThat(new BackfillStore(state).of("default"))
                    .extracting(BackfillStore.Kept::status)
                    .containsExactly("interrupted");
        }

        @Test
        void seeLiveRunsAndNotTheirOwn() {
            begin(state, 1);
            store.running(Remembered.backfilled(2, "orders"));

            assertThat(new BackfillStore(state).liveRuns("default"))
                    .extracting(BackfillStore.LiveRun::runId)
                    .containsExactly(id(1));
        }

        @Test
        void areAskedToStop() {
            BackfillStore backfills = new BackfillStore(state);
            backfills.begin(id(1), "default", "{}");
            assertThat(backfills.isStopRequested(id(1))).isFalse();
            backfills.requestStop(id(1));
            assertThat(backfills.isStopRequested(id(1))).isTrue();
            backfills.begin(id(1), "default", "{}");
            assertThat(backfills.isStopRequested(id(1))).as("begun again").isFalse();
        }
    }
}
