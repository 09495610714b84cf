package io.headworks.testkit.state;

import static io.headworks.testkit.state.Remembered.DAY;
import static io.headworks.testkit.state.Remembered.committed;
import static io.headworks.testkit.state.Remembered.id;
import static io.headworks.testkit.state.Remembered.key;
import static io.headworks.testkit.state.Remembered.ledger;
import static io.headworks.testkit.state.Remembered.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.check.CheckResult;
import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.check.Severity;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.state.StateHome;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.IncidentStore;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.PositionCache;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.StateDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is promised of a project's state, wherever it is kept. */
public abstract class StateContract extends StateKeepingContract {
    private static final int STARTS = 12;

    @Nested
    class Runs {
        @Test
        void areFoundNewestFirst() {
            store.finished(run(1, "orders", RunStatus.SUCCESS));
            store.finished(run(3, "orders", RunStatus.FAILED));
            store.finished(run(2, "customers", RunStatus.SUCCESS));

            RunHistory history = new RunHistory(state);
            assertThat(history.newest(null, 2))
                    .extracting(text -> of(text, "run_id"))
                    .containsExactly(id(3), id(2));
            assertThat(history.newest("orders", 9))
                    .extracting(text -> of(text, "run_id"))
                    .containsExactly(id(3), id(1));
            assertThat(history.latestOfEach("default"))
                    .extracting(text -> of(text, "run_id"))
                    .containsExactly(id(2), id(3));
            assertThat(history.group("0192f3c4-0000-7b1a-9f3e-2f6f1f1f9a10")).hasSize(3);
        }

        @Test
        void areFoundByTheBeginningOfTheirId() {
            store.finished(run(0x1a, "orders", RunStatus.SUCCESS));
            store.finished(run(0x1b, "orders", RunStatus.FAILED));

            RunHistory history = new RunHistory(state);
            assertThat(history.byId("0192f3c4-001b")).isPresent();
            assertThat(history.byId("0192f3c4_001b")).isEmpty();
            assertThatThrownBy(() -> history.byId("0192f3c4-001"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("several begin with");
        }

        @Test
        void areReplacedByTheirEnd() {
            begin(state, 1);
            assertThat(status(1)).isEqualTo("running");
            assertThat(new RunHistory(state).open()).hasSize(1);

            store.finished(run(1, "orders", RunStatus.SUCCESS));
            assertThat(status(1)).isEqualTo("success");
            assertThat(new RunHistory(state).open()).isEmpty();
        }

        /** A session that was thought lost may still be answered. */
        @Test
        void areNotReopenedByALateBeginning() {
            begin(state, 1);
            store.finished(run(1, "orders", RunStatus.SUCCESS));
            begin(state, 1);

            assertThat(status(1)).isEqualTo("success");
        }

        @Test
        void keepTheirPlanWithoutSecrets() {
            store.planned(id(1), "{\"at\":\"first\"}");
            store.planned(id(1), "{\"at\":\"hunter22\"}");

            assertThat(new RunHistory(state).plan(id(1)).orElseThrow())
                    .contains("{\"at\":")
                    .doesNotContain("first", "hunter22");
        }

        /** What data brings into a message must not keep the run from being recorded. */
        @Test
        void mayHoldAnyText() {
            List<String> notes =
                    List.of("zero \0 byte", "half \ud83d of a pair", "quote ' and \" and \\u0000", "ß 漢 🚰");
            store.finished(run(1, "orders", RunStatus.SUCCESS, ledger(1, "orders", 5), List.of(), notes));

            String document = new RunHistory(state).newest("orders", 1).get(0);
            assertThat(document).contains("ß 漢 🚰", "quote '");
            assertThat(store.volumes().rowsOfRuns(key("orders"), "", Instant.EPOCH))
                    .containsExactly(5L);
            assertThat(new RunHistory(state).group("0192f3c4-0000-7b1a-9f3e-2f6f1f1f9a10"))
                    .hasSize(1);
        }

        @Test
        void areWholeOrNotThere() {
            RunRecord twice = run(
                    1,
                    "orders",
                    RunStatus.SUCCESS,
                    ledger(1, "orders", 5),
                    List.of(Remembered.failed("c", Severity.P1)),
                    List.of());
            tamper("drop table check_result");

            assertThatThrownBy(() -> store.finished(twice))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("Cannot use the state");
            assertThat(new RunHistory(state).newest(null, 9)).isEmpty();
            assertThat(new PositionCache(state).byPipeline("default")).isEmpty();
        }
    }

    @Nested
    class Positions {
        @Test
        void followTheHighestRunNumber() {
            store.committed(ledger(2, "orders", 5));
            store.committed(ledger(1, "orders", 5));

            assertThat(new PositionCache(state).byPipeline("default")).isEqualTo(Map.of("orders", "{\"at\":2}"));
            assertThat(store.known(key("orders"), List.of()).lastRunNumber()).isEqualTo(2);
            assertThat(store.known(key("customers"), List.of()).lastRunNumber()).isZero();
        }

        @Test
        void doNotMoveForASlice() {
            LedgerRow slice = ledger(2, "orders", 5, "2026-01-01", "2026-02-01");
            store.committed(slice);
            store.committed(slice);

            assertThat(new PositionCache(state).byPipeline("default")).isEmpty();
        }

        @Test
        void tellThatAKilledRunDidCommit() {
            store.finished(run(1, "orders", RunStatus.FAILED));
            store.committed(ledger(1, "orders", 5));

            assertThat(status(1)).isEqualTo("partial");
        }
    }

    @Nested
    class Checks {
        @Test
        void areComparedWithThoseBefore() {
            CheckHistory history = new CheckHistory(state);
            CheckResult first = Remembered.failed("rows", Severity.P1);
            history.add("look-1", "default", "warehouse:orders", first, null, DAY);
            history.add("look-1", "default", "warehouse:orders", first, "a \0", DAY);
            history.add("look-2", "default", "warehouse:orders", first, null, DAY.plusSeconds(1));

            assertThat(history.counts("default", "warehouse:orders", "rows", Instant.EPOCH))
                    .containsExactly(10L, 10L);
            assertThat(history.counts("default", "warehouse:orders", "rows", DAY.plusSeconds(1)))
                    .hasSize(1);
            assertThat(history.counts("prod", "warehouse:orders", "rows", Instant.EPOCH))
                    .isEmpty();
        }

        @Test
        void countTheRowsOfLiveRunsThatWerePublished() {
            store.finished(committed(1, "orders", 7));
            store.finished(committed(2, "orders", 8));
            store.finished(run(3, "orders", RunStatus.FAILED));
            store.finished(run(
                    4,
                    "orders",
                    RunStatus.SUCCESS,
                    ledger(4, "orders", 99, "2026-01-01", "2026-02-01"),
                    List.of(),
                    List.of()));

            assertThat(store.volumes().rowsOfRuns(key("orders"), id(2), Instant.EPOCH))
                    .containsExactly(7L);
        }

        @Test
        void ofTheGravestKindHoldWhatComesAfter() {
            CheckResult grave = Remembered.failed("ids", Severity.P0);
            store.finished(run(1, "orders", RunStatus.FAILED, null, List.of(grave), List.of()));

            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isEqualTo("orders");
            store.finished(run(2, "orders", RunStatus.SUCCESS));
            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isNull();
        }
    }

    @Nested
    class Incidents {
        private IncidentStore incidents() {
            return new IncidentStore(state);
        }

        private void look(int number, CheckResult result) {
            incidents()
                    .keep(
                            new IncidentStore.Seen(
                                    "look-" + number,
                                    "default",
                                    "orders",
                                    "warehouse:orders",
                                    DAY.plusSeconds(3_600L * number)),
                            List.of(result),
                            text -> text);
        }

        @Test
        void areOneForACheckAsLongAsItFails() {
            look(1, Remembered.failed("ids", Severity.P1));
            look(1, Remembered.failed("ids", Severity.P1));
            look(2, Remembered.failed("ids", Severity.P1));
            look(3, Remembered.failed("cosmetic", Severity.P3));

            assertThat(incidents().list("default", false))
                    .extracting(each -> each.check() + " " + each.status() + " " + each.times() + " " + each.dueAt())
                    .containsExactly("ids open 2 2026-03-01T15:00:00Z", "cosmetic backlog 1 null");
            assertThat(incidents().list("prod", true)).isEmpty();
        }

        @Test
        void areClosedByACheckThatPasses() {
            look(1, Remembered.failed("ids", Severity.P1));
            look(2, CheckResult.unverified(Remembered.check("ids", Severity.P1), 0, null));
            assertThat(incidents().list("default", false)).hasSize(1);

            look(3, CheckResult.counted(Remembered.check("ids", Severity.P1), 10, 0));
            assertThat(incidents().list("default", false)).isEmpty();
            assertThat(incidents().list("default", true))
                    .extracting(IncidentStore.Incident::closedWhy)
                    .containsExactly("passed in look-3");

            look(4, Remembered.failed("ids", Severity.P1));
            assertThat(incidents().list("default", false)).hasSize(1);
        }

        @Test
        void ofTheGravestKindHoldWhatComesAfterUntilTheyAreClosed() {
            store.finished(run(
                    1, "orders", RunStatus.FAILED, null, List.of(Remembered.failed("ids", Severity.P0)), List.of()));
            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isEqualTo("orders");

            IncidentStore.Incident open = incidents().list("default", false).get(0);
            assertThat(incidents().close(open, "corrected", DAY.plusSeconds(60)))
                    .isTrue();
            assertThat(incidents().close(open, "corrected", DAY.plusSeconds(61)))
                    .isFalse();
            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isNull();

            look(5, Remembered.failed("ids", Severity.P0));
            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isEqualTo("orders");
            look(6, CheckResult.counted(Remembered.check("ids", Severity.P0), 10, 0));
            assertThat(store.known(key("revenue"), List.of("orders")).heldBy()).isNull();
        }

        @Test
        void leaveTheNumbersThatWereMeasured() {
            CheckResult measured = CheckResult.unverified(Remembered.check("mean", Severity.P1), 10, "2.5")
                    .withValue(new BigDecimal("2.50"));
            look(1, measured);
            look(2, Remembered.failed("mean", Severity.P1));

            assertThat(new CheckHistory(state).measured("default", "warehouse:orders", "mean", Instant.EPOCH))
                    .containsExactly(new MeasuredBefore(DAY.plusSeconds(3_600), new BigDecimal("2.50")));
            assertThat(new CheckHistory(state).newest("default", "orders", 9))
                    .extracting(CheckHistory.Kept::status)
                    .containsExactly("failed", "unverified");
            assertThat(new CheckHistory(state).newest("default", "o_ders", 9)).isEmpty();
        }
    }

    @Nested
    class Leases {
        @Test
        void ofThisMachineEndWithTheProcess() {
            begin(state, 1);
            begin(state, 2);
            tamper("update run set pid = 2147483646 where run_id = '" + id(2) + "'");

            assertThat(KilledRuns.close(state, DAY)).containsExactly(id(2));
            assertThat(status(1)).isEqualTo("running");
            assertThat(new RunHistory(state).byId(id(2)).orElseThrow())
                    .contains("\"status\":\"failed\"", "the process was killed", "137");
        }

        /** Its process id may be that of a process here, or of none: it says nothing. */
        @Test
        void ofAnotherMachineEndByTheDatabasesClock() {
            try (StateDatabase there = StateDatabase.open(home, ELSEWHERE)) {
                begin(there, 1);
                begin(there, 2);
            }
            tamper("update run set pid = 2147483646");
            assertThat(KilledRuns.close(state, DAY)).isEmpty();
            assertThat(status(1)).isEqualTo("running");

            tamper("update run set lease_until = 1 where run_id = '" + id(2) + "'");
            assertThat(KilledRuns.close(state, DAY))
                    .as("its folder is not here")
                    .isEmpty();
            assertThat(status(1)).isEqualTo("running");
            assertThat(new RunHistory(state).byId(id(2)).orElseThrow())
                    .contains("\"status\":\"failed\"", "elsewhere has given no sign of life");
        }

        @Test
        void nameTheMachine() {
            try (StateDatabase there = StateDatabase.open(home, ELSEWHERE)) {
                begin(there, 1);
            }
            begin(state, 2);

            assertThat(new RunHistory(state).open())
                    .extracting(RunHistory.Open::isHere)
                    .containsExactly(false, true);
            assertThat(new RunHistory(state).open().get(0).host()).isEqualTo("elsewhere");
        }

        /** Whoever was taken for dead too soon knows best how it ended. */
        @Test
        void thatWereOverDoNotKeepTheEndFromBeingRecorded() {
            try (StateDatabase there = StateDatabase.open(home, ELSEWHERE)) {
                begin(there, 1);
                tamper("update run set lease_until = 1");
                KilledRuns.close(state, DAY);
                store(there).finished(committed(1, "orders", 5));
            }
            assertThat(status(1)).isEqualTo("success");
        }
    }

    /** Many that start at once on an empty place: one makes the tables, all of them remember their run. */
    @Test
    void manyMayStartAtOnce() throws Exception {
        state.close();
        StateHome empty = anotherHome();
        ExecutorService threads = Executors.newFixedThreadPool(STARTS);
        try {
            List<Callable<Boolean>> starts = new ArrayList<>();
            for (int i = 1; i <= STARTS; i++) {
                int number = i;
                starts.add(() -> {
                    try (StateDatabase opened = StateDatabase.open(empty)) {
                        KilledRuns.close(opened, DAY);
                        begin(opened, number);
                        store(opened).finished(committed(number, "orders", 5));
                        return true;
                    }
                });
            }
            for (Future<Boolean> each : threads.invokeAll(starts)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        try (StateDatabase opened = StateDatabase.open(empty)) {
            assertThat(new RunHistory(opened).newest(null, 99)).hasSize(STARTS);
            assertThat(new PositionCache(opened).byPipeline("default"))
                    .isEqualTo(Map.of("orders", "{\"at\":" + STARTS + "}"));
        }
    }
}
