package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.deleted;
import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.testkit.target.TargetLab.Done;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each strategy means, example by example. */
public abstract class TargetStrategyContract extends TargetModelContract {

    /** An order: id, a name, and minutes of its time; amount 1.00, day 1 March. */
    private static BatchRow order(@Nullable Long id, String name, int minute) {
        return row(id, name, new BigDecimal("1.00"), at(minute), LocalDate.of(2026, 3, 1));
    }

    private static BatchRow on(String day, long id, String name) {
        return row(id, name, new BigDecimal("1.00"), at(0), LocalDate.parse(day));
    }

    private static BatchRow gone(long id, @Nullable LocalDateTime when) {
        return deleted(id, null, null, when, null);
    }

    private static LocalDateTime at(int minute) {
        return LocalDateTime.of(2026, 3, 1, 12, minute);
    }

    private static List<List<@Nullable Object>> pairs(@Nullable Object... idsAndNames) {
        List<List<@Nullable Object>> pairs = new ArrayList<>();
        for (int index = 0; index < idsAndNames.length; index += 2) {
            pairs.add(Arrays.asList(((Number) idsAndNames[index]).longValue(), idsAndNames[index + 1]));
        }
        return pairs;
    }

    private static List<List<@Nullable Object>> names(TableUnderTest table) {
        return table.columns(List.of("id", "name"));
    }

    private static final Slice SECOND_OF_MARCH = new Slice("day", "2026-03-02", "2026-03-03");

    @Nested
    class Append {
        @Test
        void addsRowsEvenTheSameTwice() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            assertCounts(table.delta(order(1L, "a", 0), order(1L, "a", 0)), 2, 2, 0, 0, 0, 0);
            assertCounts(table.delta(order(1L, "a", 0)), 1, 1, 0, 0, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 1, "a", 1, "a"));
        }

        @Test
        void ofAnEmptyBatchMakesTheTableAndLeavesItEmpty() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            assertCounts(table.delta(), 0, 0, 0, 0, 0, 0);
            assertThat(table.data()).isEmpty();
        }

        @Test
        void withKeysSkipsThoseThatAreThere() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND, "id"));
            table.delta(order(1L, "a", 0));
            assertCounts(table.delta(order(1L, "b", 1), order(2L, "c", 1)), 2, 1, 0, 1, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 2, "c"));
        }

        @Test
        void withSliceReplacesWhatTheSliceWrote() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            table.delta(on("2026-03-01", 1, "a"), on("2026-03-02", 2, "b"), on("2026-03-02", 3, "c"));
            assertCounts(table.slice(SECOND_OF_MARCH, on("2026-03-02", 4, "d")), 1, 1, 0, 0, 0, 2);
            assertCounts(table.slice(SECOND_OF_MARCH, on("2026-03-02", 4, "d")), 1, 1, 0, 0, 0, 1);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 4, "d"));
        }

        @Test
        void withSliceRefusesARowThatARepetitionWouldNotReplace() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            assertThatThrownBy(() -> table.slice(SECOND_OF_MARCH, on("2026-03-03", 1, "a")))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("outside the slice")
                    .hasMessageContaining("2026-03-03");
        }

        @Test
        void refusesDeletions() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            assertThatThrownBy(() -> table.delta(order(1L, "a", 0), gone(2, null)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("deletions");
        }

        @Test
        void readsABatchOfTheEngineOnce() {
            TableUnderTest table = orders(Loads.of(Strategy.APPEND));
            Done done = table.direct(
                    BatchKind.DELTA, null, List.of(order(1L, "a", 0).values()));
            assertCounts(done.counts(), 1, 1, 0, 0, 0, 0);
        }
    }

    @Nested
    class Upsert {
        @Test
        void insertsUpdatesAndLeavesTheSameAlone() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            assertCounts(table.delta(order(1L, "a", 0), order(2L, "b", 0)), 2, 2, 0, 0, 0, 0);
            assertCounts(table.delta(order(1L, "a", 0), order(2L, "c", 0), order(3L, "d", 0)), 3, 1, 1, 1, 0, 0);
            assertThat(table.columns(List.of("id", "name", "_hw_run")))
                    .containsExactly(List.of(1L, "a", 1L), List.of(2L, "c", 2L), List.of(3L, "d", 2L));
        }

        @Test
        void repeatedChangesNothing() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            table.delta(order(1L, "a", 0), row(2L, null, null, null, null));
            Done again = table.run(BatchKind.DELTA, null, List.of(order(1L, "a", 0), row(2L, null, null, null, null)));
            assertCounts(again.counts(), 2, 0, 0, 2, 0, 0);
            assertThat(again.touched()).isEmpty();
        }

        @Test
        void neverDeletes() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.snapshot(gone(1, null)), 0, 0, 0, 0, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 2, "b"));
        }

        @Test
        void takesTheNewestOfAKeyByOrder() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id").orderedBy("updated_at"));
            assertCounts(table.delta(order(1L, "new", 5), order(1L, "old", 1)), 2, 1, 0, 0, 1, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "new"));
        }

        @Test
        void takesTheLastOfAKeyWithoutOrder() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            assertCounts(table.delta(order(1L, "first", 5), order(1L, "last", 1)), 2, 1, 0, 0, 1, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "last"));
        }

        @Test
        void refusesTwoDifferentRowsOfAKeyThatNothingDecides() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id").orderedBy("updated_at"));
            table.delta(order(1L, "a", 0));
            assertThatThrownBy(() -> table.delta(order(7L, "x", 3), order(7L, "y", 3)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("differ")
                    .hasMessageContaining("id")
                    .hasMessageContaining("7");
            assertThat(names(table)).isEqualTo(pairs(1, "a"));
        }

        @Test
        void leavesANewerRowOfTheTableAlone() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id").orderedBy("updated_at"));
            table.delta(order(1L, "new", 5));
            assertCounts(table.delta(order(1L, "late", 3)), 1, 0, 0, 0, 1, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "new"));
        }

        @Test
        void refusesNullInAKey() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id", "name"));
            assertThatThrownBy(() -> table.delta(order(1L, "a", 0), order(null, "b", 0), order(null, "c", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("NULL in key column")
                    .hasMessageContaining("'id'")
                    .hasMessageContaining("2 rows");
        }

        @Test
        void keepsTextsApartThatDifferInCaseAccentsOrBlanksAtTheEnd() {
            String other = lacks().contains(Lack.BLANKS_IN_KEYS) ? "ä" : "a ";
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "name"));
            table.delta(order(1L, "a", 0), order(2L, "A", 0), order(3L, other, 0), order(4L, "á", 0));
            assertCounts(table.delta(order(5L, "A", 0), order(6L, other + "!", 0)), 2, 1, 1, 0, 0, 0);
            assertThat(names(table))
                    .hasSameElementsAs(pairs(1, "a", 3, other, 4, "á", 5, "A", 6, other + "!"))
                    .hasSize(5);
        }

        @Test
        void findsLongTextsAsKeys() {
            String beginning = "k".repeat(5_000);
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "name"));
            table.delta(order(1L, beginning + "a", 0), order(2L, beginning + "b", 0));
            assertCounts(table.delta(order(3L, beginning + "b", 0), order(4L, beginning, 0)), 2, 1, 1, 0, 0, 0);
            assertThat(table.columns(List.of("id")))
                    .extracting(row -> row.get(0))
                    .containsExactly(1L, 3L, 4L);
        }

        @Test
        void refusesAKeyThatTheBatchLacks() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "nr"));
            assertThatThrownBy(() -> table.delta(order(1L, "a", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("key column 'nr' is missing")
                    .hasMessageContaining("id, name, amount, updated_at, day");
        }

        @Test
        void worksWithoutAuditColumns() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id").withoutAudit());
            table.delta(order(1L, "a", 0), order(2L, "b", 0));
            Done done = table.run(BatchKind.DELTA, null, List.of(order(2L, "c", 0), order(3L, "d", 0)));
            assertThat(TableUnderTest.picked(done.touchedSchema(), done.touched(), List.of("id", "name")))
                    .isEqualTo(pairs(2, "c", 3, "d"));
            assertThat(names(table)).isEqualTo(pairs(1, "a", 2, "c", 3, "d"));
        }
    }

    @Nested
    class Merge {
        @Test
        void appliesTheDeletionsOfADelta() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.delta(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.delta(gone(1, null), gone(9, null), order(3L, "c", 0)), 1, 1, 0, 0, 0, 1);
            assertThat(names(table)).isEqualTo(pairs(2, "b", 3, "c"));
        }

        @Test
        void deletesWhatASnapshotLacks() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.snapshot(order(2L, "b", 0)), 1, 0, 0, 1, 0, 1);
            assertThat(names(table)).isEqualTo(pairs(2, "b"));
        }

        @Test
        void deletesOnlyInsideTheSlice() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.snapshot(on("2026-03-01", 1, "a"), on("2026-03-02", 2, "b"), on("2026-03-02", 3, "c"));
            assertCounts(table.slice(SECOND_OF_MARCH, on("2026-03-02", 3, "c")), 1, 0, 0, 1, 0, 1);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 3, "c"));
        }

        @Test
        void keepsARowNewerThanItsDeletion() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id").orderedBy("updated_at"));
            table.delta(order(1L, "a", 5));
            assertCounts(table.delta(gone(1, at(3))), 0, 0, 0, 0, 0, 0);
            assertCounts(table.delta(gone(1, at(6))), 0, 0, 0, 0, 0, 1);
            assertThat(table.data()).isEmpty();
        }

        @Test
        void takesTheLastChangeOfAKeyInABatch() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            assertCounts(table.delta(order(1L, "a", 0), gone(1, null)), 1, 0, 0, 0, 1, 0);
            assertThat(table.data()).isEmpty();
        }

        @Test
        void bringsBackAKeyThatReturns() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.snapshot(order(1L, "a", 0));
            table.snapshot();
            assertCounts(table.snapshot(order(1L, "b", 0)), 1, 1, 0, 0, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "b"));
        }

        @Test
        void ignoresDeletionsWhenTold() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id").deleting(Deletes.IGNORE));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.snapshot(gone(1, null)), 0, 0, 0, 0, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 2, "b"));
        }
    }

    @Nested
    class SoftDelete {
        private List<List<@Nullable Object>> marks(TableUnderTest table) {
            return table.columns(List.of("id", "name", Loads.MARK));
        }

        @Test
        void marksWhatASnapshotLacksOnce() {
            TableUnderTest table = orders(Loads.of(Strategy.SOFT_DELETE, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.snapshot(order(2L, "b", 0)), 1, 0, 0, 1, 0, 1);
            assertCounts(table.snapshot(order(2L, "b", 0)), 1, 0, 0, 1, 0, 0);
            assertThat(marks(table)).containsExactly(List.of(1L, "a", true), List.of(2L, "b", false));
        }

        @Test
        void clearsTheMarkOfAKeyThatReturnsUnchanged() {
            TableUnderTest table = orders(Loads.of(Strategy.SOFT_DELETE, "id"));
            table.delta(order(1L, "a", 0));
            table.delta(gone(1, null));
            assertThat(marks(table)).containsExactly(List.of(1L, "a", true));
            assertCounts(table.delta(order(1L, "a", 0)), 1, 0, 1, 0, 0, 0);
            assertThat(marks(table)).containsExactly(List.of(1L, "a", false));
        }

        @Test
        void anOlderRowDoesNotBringBackWhatWasDeletedAfterIt() {
            TableUnderTest table = orders(Loads.of(Strategy.SOFT_DELETE, "id").orderedBy("updated_at"));
            table.delta(order(1L, "a", 1));
            table.delta(gone(1, at(5)));
            assertCounts(table.delta(order(1L, "late", 3)), 1, 0, 0, 0, 1, 0);
            assertThat(marks(table)).containsExactly(List.of(1L, "a", true));
        }
    }

    @Nested
    class TruncateReload {
        @Test
        void replacesTheWholeTable() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            assertCounts(table.snapshot(order(2L, "b", 0)), 1, 1, 0, 0, 0, 2);
            assertThat(names(table)).isEqualTo(pairs(2, "b"));
        }

        @Test
        void readsABatchOfTheEngineOnce() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD));
            table.snapshot(order(1L, "a", 0));
            Done done = table.direct(
                    BatchKind.SNAPSHOT, null, List.of(order(2L, "b", 0).values()));
            assertCounts(done.counts(), 1, 1, 0, 0, 0, 1);
            assertThat(done.touched()).hasSize(1);
            assertThat(names(table)).isEqualTo(pairs(2, "b"));
        }

        @Test
        void leavesOutWhatTheSourceMarksAsDeleted() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD));
            assertCounts(table.snapshot(order(1L, "a", 0), gone(2, null)), 1, 1, 0, 0, 0, 0);
            assertThat(names(table)).isEqualTo(pairs(1, "a"));
        }

        @Test
        void refusesAPartOfTheSource() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD));
            assertThatThrownBy(() -> table.delta(order(1L, "a", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("part of the source");
            assertThatThrownBy(() -> table.slice(SECOND_OF_MARCH, on("2026-03-02", 1, "a")))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("slice");
        }
    }

    @Nested
    class PartitionSwap {
        private final Loads byDay = Loads.of(Strategy.PARTITION_SWAP).partitioned("day", By.DAY);

        @Test
        void replacesThePartitionsOfADelta() {
            TableUnderTest table = orders(byDay);
            table.delta(on("2026-03-01", 1, "a"), on("2026-03-02", 2, "b"), on("2026-03-02", 3, "c"));
            assertCounts(table.delta(on("2026-03-02", 4, "d")), 1, 1, 0, 0, 0, 2);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 4, "d"));
        }

        @Test
        void replacesByMonth() {
            TableUnderTest table = orders(Loads.of(Strategy.PARTITION_SWAP).partitioned("day", By.MONTH));
            table.delta(on("2026-02-28", 1, "a"), on("2026-03-02", 2, "b"), on("2026-03-31", 3, "c"));
            assertCounts(table.delta(on("2026-03-15", 4, "d")), 1, 1, 0, 0, 0, 2);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 4, "d"));
        }

        @Test
        void emptiesThePartitionsOfASliceThatAreNowEmpty() {
            TableUnderTest table = orders(byDay);
            table.delta(on("2026-03-01", 1, "a"), on("2026-03-02", 2, "b"), on("2026-03-03", 3, "c"));
            Slice slice = new Slice("day", "2026-03-02", "2026-03-04");
            assertCounts(table.slice(slice, on("2026-03-03", 4, "d")), 1, 1, 0, 0, 0, 2);
            assertThat(names(table)).isEqualTo(pairs(1, "a", 4, "d"));
        }

        @Test
        void replacesAllPartitionsByASnapshot() {
            TableUnderTest table = orders(byDay);
            table.snapshot(on("2026-03-01", 1, "a"), on("2026-03-02", 2, "b"));
            assertCounts(table.snapshot(on("2026-03-02", 3, "c")), 1, 1, 0, 0, 0, 2);
            assertThat(names(table)).isEqualTo(pairs(3, "c"));
        }

        @Test
        void keepsRowsWithoutPartitionInOneOfTheirOwn() {
            TableUnderTest table = orders(byDay);
            table.delta(row(1L, "a", null, null, null), on("2026-03-02", 2, "b"));
            assertCounts(table.delta(row(3L, "c", null, null, null)), 1, 1, 0, 0, 0, 1);
            assertThat(names(table)).isEqualTo(pairs(2, "b", 3, "c"));
        }

        @Test
        void refusesASliceThatCutsAPartition() {
            TableUnderTest table = orders(Loads.of(Strategy.PARTITION_SWAP).partitioned("day", By.MONTH));
            assertThatThrownBy(() -> table.slice(SECOND_OF_MARCH, on("2026-03-02", 1, "a")))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("whole partitions");
        }
    }

    @Nested
    class Breaker {
        @Test
        void stopsALoadThatDeletesTooMuch() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0), order(3L, "c", 0), order(4L, "d", 0));
            TableUnderTest limited = table.by(Loads.of(Strategy.MERGE, "id").allowingDeletes("0.3", 4));
            assertThatThrownBy(() -> limited.snapshot(order(1L, "a", 0), order(2L, "b", 0)))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.GATE))
                    .hasMessageContaining("2 of 4")
                    .hasMessageContaining("50%")
                    .hasMessageContaining("30%");
            assertThat(table.data()).hasSize(4);
        }

        @Test
        void letsPassWhatIsAllowedAndWhatIsSmall() {
            TableUnderTest table = orders(Loads.of(Strategy.MERGE, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            table = table.by(Loads.of(Strategy.MERGE, "id").allowingDeletes("0.5", 2));
            assertCounts(table.snapshot(order(1L, "a", 0)), 1, 0, 0, 1, 0, 1);
            table = table.by(Loads.of(Strategy.MERGE, "id").allowingDeletes("0.5", 2));
            assertCounts(table.snapshot(), 0, 0, 0, 0, 0, 1);
        }

        /** Also those of partitions that the load does not look at. */
        @Test
        void countsNoRowsThatAreMarkedAlready() {
            Loads marking = Loads.of(Strategy.SOFT_DELETE, "id").partitioned("day", By.VALUE);
            TableUnderTest table = orders(marking);
            table.delta(on("2026-03-01", 1, "a"), on("2026-03-01", 2, "b"), on("2026-03-01", 3, "c"));
            table.delta(gone(1, null), gone(2, null), gone(3, null));
            table.delta(on("2026-03-02", 4, "d"), on("2026-03-02", 5, "e"), on("2026-03-02", 6, "f"));
            TableUnderTest limited = table.by(marking.allowingDeletes("0.3", 1));
            assertThatThrownBy(() -> limited.delta(gone(4, null)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 of 3");
        }

        @Test
        void stopsALoadThatChangesTooMuch() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            table.delta(order(1L, "a", 0), order(2L, "b", 0));
            TableUnderTest limited = table.by(Loads.of(Strategy.UPSERT, "id").allowingChanges("0.4", 1));
            assertThatThrownBy(() -> limited.delta(order(1L, "x", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 of 2")
                    .hasMessageContaining("changed");
        }

        @Test
        void watchesWhatAReloadLeavesOut() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            TableUnderTest limited = table.by(Loads.of(Strategy.TRUNCATE_RELOAD).allowingDeletes("0.4", 1));
            assertThatThrownBy(() -> limited.snapshot(order(3L, "c", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 of 2");
            assertThat(names(table)).isEqualTo(pairs(1, "a", 2, "b"));
        }

        @Test
        void countsKeysThatAReloadDropsAlthoughOthersCome() {
            TableUnderTest table = orders(Loads.of(Strategy.TRUNCATE_RELOAD, "id"));
            table.snapshot(order(1L, "a", 0), order(2L, "b", 0));
            TableUnderTest limited =
                    table.by(Loads.of(Strategy.TRUNCATE_RELOAD, "id").allowingDeletes("0.4", 1));
            assertThatThrownBy(() -> limited.snapshot(order(2L, "b", 0), order(3L, "c", 0)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 of 2");
        }
    }
}
