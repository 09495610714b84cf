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
import io.headworks.api.check.Severity;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.record.RunStatus;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.PositionCache;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.SliceHistory;
import io.headworks.core.state.StateBackup;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import io.headworks.core.state.StatePurge;
import io.headworks.core.state.StateRestore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is promised of a state that is kept small, copied, rebuilt, or of another version. */
public abstract class StateKeepingContract extends StateSliceContract {
    @Nested
    class Purge {
        @Test
        void keepsTheNewestOfEachPipelineAndWhatIsUnderWay() {
            for (int i = 1; i <= 5; i++) {
                store.finished(run(i, "orders", RunStatus.SUCCESS));
            }
            begin(state, 6);
            store.finished(run(7, "customers", RunStatus.SUCCESS));
            store.finished(run(8, "orders", RunStatus.SUCCESS));

            assertThat(new StatePurge(state).olderThan(DAY.plusSeconds(3))).isEqualTo(2);
            assertThat(new StatePurge(state).beyond(1)).isEqualTo(3);
            assertThat(new StatePurge(state).kept()).containsExactlyInAnyOrder(id(6), id(7), id(8));
        }

        @Test
        void removesTheOldestUntilTheRestFits() {
            String long1 = String.join("", Collections.nCopies(2_000, "x7Kq"));
            for (int i = 1; i <= 40; i++) {
                store.finished(run(i, "orders", RunStatus.SUCCESS, null, List.of(), List.of(long1 + i)));
            }
            StatePurge purge = new StatePurge(state);
            assertThat(purge.contentBytes()).isPositive();

            assertThat(purge.untilBelow(1)).isEqualTo(39);
            assertThat(purge.kept()).containsExactly(id(40));
            purge.shrink();
            assertThat(purge.kept()).containsExactly(id(40));
        }
    }

    @Nested
    class Copies {
        @Test
        void areStateFilesThatHoldAll() {
            store.planned(id(1), "{}");
            store.finished(run(
                    1,
                    "orders",
                    RunStatus.SUCCESS,
                    ledger(1, "orders", 5),
                    List.of(Remembered.failed("c", Severity.P1)),
                    List.of()));
            store.committed(ledger(2, "orders", 5, "2026-01-01", "2026-02-01"));

            Path file = folder.resolve("backups/copy.db");
            assertThat(StateBackup.write(state, file)).isPositive();
            try (StateDatabase copy = StateDatabase.open(new StateFile(file))) {
                copy.requireSound();
                assertThat(new RunHistory(copy).newest(null, 9)).isEqualTo(new RunHistory(state).newest(null, 9));
                assertThat(new RunHistory(copy).plan(id(1))).contains("{}");
                assertThat(new PositionCache(copy).byPipeline("default")).isEqualTo(Map.of("orders", "{\"at\":1}"));
                assertThat(new CheckHistory(copy).counts("default", "warehouse:orders", "c", Instant.EPOCH))
                        .containsExactly(10L);
            }
            assertThatThrownBy(() -> StateBackup.write(state, file)).hasMessageContaining("it exists");
        }

        @Test
        void areReadBackIntoAnEmptyState() {
            store.planned(id(1), "{}");
            List<CheckResult> checks = List.of(Remembered.failed("c", Severity.P1));
            LedgerRow row = ledger(1, "orders", 5);
            store.finished(run(1, "orders", RunStatus.SUCCESS, row, checks, List.of("zero \0 byte, ß")));
            Path file = folder.resolve("copy.db");
            StateBackup.write(state, file);

            assertThatThrownBy(() -> StateRestore.read(file, state))
                    .hasMessageContaining("Cannot restore into the state")
                    .hasMessageContaining("it is not empty");
            try (StateDatabase empty = StateDatabase.open(anotherHome())) {
                assertThat(StateRestore.read(file, empty)).isEqualTo(1);
                assertThat(new RunHistory(empty).newest(null, 9)).isEqualTo(new RunHistory(state).newest(null, 9));
                assertThat(new PositionCache(empty).byPipeline("default")).isEqualTo(Map.of("orders", "{\"at\":1}"));
                assertThat(new CheckHistory(empty).counts("default", "warehouse:orders", "c", Instant.EPOCH))
                        .containsExactly(10L);
            }
            assertThatThrownBy(() -> StateRestore.read(folder, state)).hasMessageContaining("there is no such file");
        }

        @Test
        void canBeMadeAnewFromLedgersAndDocuments() {
            store.finished(committed(1, "orders", 5));
            tamper("drop table position");
            state.close();

            Rebuilt rebuilt = rebuild(
                    new RebuiltContent(
                            List.of(ledger(1, "orders", 5), ledger(2, "customers", 5)), folder.resolve("runs")),
                    "20260301T100000000");
            assertThat(rebuilt.ledgerRows()).isEqualTo(2);
            assertThat(rebuilt.runs()).isEqualTo(1);
            assertThat(rebuilt.keptAside()).contains("kept");
            state = StateDatabase.open(home);
            assertThat(status(1)).isEqualTo("success");
            assertThat(new PositionCache(state).byPipeline("default"))
                    .isEqualTo(Map.of("customers", "{\"at\":2}", "orders", "{\"at\":1}"));
        }
    }

    @Nested
    class Versions {
        @Test
        void thatAreNewerAreRefused() throws SQLException {
            try (Connection session = home.open();
                    Statement statement = session.createStatement()) {
                for (String sql : home.marking(4711)) {
                    statement.execute(sql);
                }
            }
            assertThatThrownBy(() -> StateDatabase.open(home))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("Cannot use the state")
                    .hasMessageContaining("its version 4711 is newer than this program's 8");
        }

        @Test
        void thatAreOlderAreBroughtUpWithWhatTheyHold() throws SQLException {
            store.finished(committed(1, "orders", 5));
            tamper(
                    "alter table run drop column host",
                    "alter table run drop column machine",
                    "alter table run drop column lease_until",
                    "alter table slice drop column definition",
                    "drop table slice_turn",
                    "drop table slice_loaded",
                    "drop table slice_failed",
                    "drop table backfill",
                    "alter table check_result drop column value",
                    "drop table incident",
                    "drop table source_schema",
                    "drop table schedule_slot",
                    "drop table schedule_cursor",
                    "drop table scheduler",
                    "drop index run_by_environment",
                    "drop table api_token",
                    "drop table audit",
                    "drop table request_key");
            try (Connection session = home.open();
                    Statement statement = session.createStatement()) {
                for (String sql : home.marking(2)) {
                    statement.execute(sql);
                }
            }
            try (StateDatabase migrated = StateDatabase.open(home)) {
                assertThat(new RunHistory(migrated).newest(null, 9)).hasSize(1);
                store(migrated).running(run(2, "orders", RunStatus.RUNNING));
                assertThat(new RunHistory(migrated).open()).hasSize(1);
                store(migrated).committed(ledger(3, "orders", 5, "2024-01-01", "2024-02-01"));
                assertThat(new SliceHistory(migrated).loaded(key("orders"), ZoneOffset.UTC))
                        .hasSize(1);
            }
        }
    }
}
