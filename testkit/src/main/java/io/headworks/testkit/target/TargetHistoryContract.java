package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.deleted;
import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What history means on every target: examples to read, and random histories against {@link HistoryModel}. */
public abstract class TargetHistoryContract extends TargetTypeContract {

    /** Histories in a quick build, spread over tables; a slow one makes {@link #SLOW_TIMES} as many. */
    protected int histories() {
        return 200;
    }

    private static final int SLOW_TIMES = 50;

    static LocalDateTime day(int day) {
        return LocalDate.of(2024, 1, 1).plusDays(day - 1L).atStartOfDay();
    }

    void assumeTextKeys() {
        assumeTrue(supports(Strategy.MERGE));
        assumeFalse(lacks().contains(Lack.BLANKS_IN_KEYS), "texts that are not the same may be one key");
    }

    HistoryUnderTest customers(Deletes deletes) {
        assumeTextKeys();
        return table(deletes);
    }

    HistoryUnderTest table(Deletes deletes) {
        return table(deletes, "at");
    }

    HistoryUnderTest table(Deletes deletes, @Nullable String validAt, String... orderBy) {
        return new HistoryUnderTest(
                lab,
                HistoryUnderTest.load(
                        "customers",
                        new History(
                                Type.VERSION,
                                Map.of("email", Type.OVERWRITE),
                                validAt,
                                deletes,
                                HistoryUnderTest.NAMES,
                                History.FAR_AWAY),
                        orderBy),
                HistoryUnderTest.CUSTOMERS);
    }

    static BatchRow customer(String id, @Nullable String city, @Nullable String email, int day) {
        return row(id, city, email, day(day));
    }

    @Nested
    class Versions {
        @Test
        void beginWhenTheirValuesDoAndEndWhenTheNextBegins() {
            HistoryUnderTest table = customers(Deletes.CLOSE);

            table.delta(customer("a", "Rome", "a@x", 1), customer("b", "Oslo", null, 1));
            LoadCounts counts = table.delta(customer("a", "Bari", "a@y", 5));

            assertThat(table.versions("a"))
                    .containsExactly("Rome a@y 2024-01-01..2024-01-05", "Bari a@y 2024-01-05..9999-12-31 current");
            assertThat(table.versions("b")).containsExactly("Oslo null 2024-01-01..9999-12-31 current");
            assertCounts(counts, 1, 1, 0, 0, 0, 0);
        }

        @Test
        void areNotWrittenAgainByTheSameBatch() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            BatchRow[] batch = {
                customer("a", "Rome", null, 1), customer("a", "Bari", null, 5), customer("b", null, null, 2)
            };
            table.snapshot(batch);

            LoadCounts counts = table.snapshot(batch);

            assertThat(table.touched()).isEmpty();
            assertCounts(counts, 3, 0, 0, 3, 0, 0);
        }

        @Test
        void areSplitByALateRowUntilTheirConfirmation() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 1));
            table.delta(customer("a", "Rome", null, 9));

            table.delta(customer("a", "Bari", "late", 4));

            assertThat(table.versions("a"))
                    .containsExactly(
                            "Rome null 2024-01-01..2024-01-04",
                            "Bari null 2024-01-04..2024-01-09",
                            "Rome null 2024-01-09..9999-12-31 current");
        }

        @Test
        void joinWhenALateRowMakesThemTheSameAndBeginEarlier() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 5), customer("a", "Bari", null, 6), customer("a", "Rome", null, 7));

            table.delta(customer("a", "Rome", null, 2));

            assertThat(table.versions("a"))
                    .containsExactly(
                            "Rome null 2024-01-02..2024-01-06",
                            "Bari null 2024-01-06..2024-01-07",
                            "Rome null 2024-01-07..9999-12-31 current");
        }

        @Test
        void refuseTwoRowsOfOneTimeThatDiffer() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 5));

            assertThatThrownBy(() -> table.delta(customer("b", "Rome", null, 5), customer("b", "Bari", null, 5)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("2 rows of the same keys with one valid_at differ and nothing says");
            assertThatThrownBy(() -> table.delta(customer("a", "Bari", null, 5)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 row contradicts what is stored of the very same valid_at");
            assertThatThrownBy(() -> table.delta(row("a", "Bari", null, null)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("1 row has NULL in valid_at column 'at'");
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-05..9999-12-31 current");
        }

        @Test
        void areRefusedWhereTextsThatAreNotTheSameMayBeOneKey() {
            assumeTrue(lacks().contains(Lack.BLANKS_IN_KEYS));
            HistoryUnderTest table = table(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 1));

            assertThatThrownBy(() -> table.delta(customer("a", "Bari", null, 5)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("Cannot keep the history of customers: key column 'id' compares text by");
        }

        @Test
        void ofType4StandInATableBesideThatIsPublishedTogether() {
            assumeTrue(lab.target.abilities().several());
            HistoryUnderTest table = customers(Deletes.CLOSE).declaring(Map.of("email", Type.BESIDE));
            table.snapshot(customer("a", "Rome", "a@x", 1), customer("b", "Oslo", "b@x", 1));

            table.snapshot(customer("a", "Rome", "a@y", 5));

            assertThat(table.versions("a")).containsExactly("Rome a@y 2024-01-01..9999-12-31 current");
            assertThat(table.besideRows())
                    .extracting(row -> row.get("id") + " " + row.get("email") + " " + row.get("valid_from"))
                    .containsExactlyInAnyOrder(
                            "a a@x 2024-01-01T00:00", "a a@y 2024-01-05T00:00", "b b@x 2024-01-01T00:00");
            assertThat(table.besideRows())
                    .filteredOn(row -> day(5).equals(row.get("valid_to")))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("email")).isEqualTo("a@x"));
            assertThat(table.besideRows())
                    .filteredOn(row -> "b".equals(row.get("id")))
                    .allSatisfy(row -> assertThat(row.get("valid_to")).isNotEqualTo(History.FAR_AWAY.atStartOfDay()));

            // says nothing new of the table itself
            table.delta(customer("a", "Rome", "a@y", 3));
            assertThat(table.besideRows())
                    .filteredOn(row -> "a".equals(row.get("id")))
                    .extracting(row -> row.get("email") + " " + row.get("valid_from"))
                    .containsExactlyInAnyOrder("a@x 2024-01-01T00:00", "a@y 2024-01-03T00:00");
        }

        @Test
        void knowWhichColumnsWereTrackedHow() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 5));
            HistoryUnderTest other = table.declaring(Map.of("email", Type.OVERWRITE, "city", Type.OVERWRITE));

            assertThatThrownBy(() -> other.delta(customer("a", "Bari", null, 6)))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.SCHEMA_CHANGE))
                    .hasMessageContaining("column 'city' was tracked as type 2 and scd now says 1");
        }
    }

    @Nested
    class Deletions {
        /** The row that told the latest value is gone; the columns of type 3 are all that remembers it. */
        @Test
        void ofARowsOwnTimeLeaveTheLatestValues() {
            HistoryUnderTest table = regions(Type.PREVIOUS);
            table.delta(row("a", "Rome", "north", 1L, day(1)), row("a", "Bari", "south", 2L, day(5)));
            BatchRow gone = deleted("a", null, null, 3L, day(5));

            table.delta(gone);
            table.delta(gone);
            table.delta(row("a", "Rome", "north", 1L, day(1)));

            assertThat(table.rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("city", "Rome")
                            .containsEntry("region", "south")
                            .containsEntry("previous_region", "north"));
        }

        /** Found by a random history: a row that comes late, in the batch whose deletion takes the row that was later. */
        @Test
        void ofARowsOwnTimeLeaveTheLatestValuesToARowThatComesLate() {
            HistoryUnderTest table = regions(Type.OVERWRITE);
            table.delta(row("a", "Bari", "south", 1L, day(5)));

            table.delta(row("a", "Rome", "north", 2L, day(1)), deleted("a", null, null, 3L, day(5)));

            assertThat(table.rows())
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row).containsEntry("city", "Rome").containsEntry("region", "south"));
        }

        private HistoryUnderTest regions(Type ofRegion) {
            assumeTextKeys();
            History history = new History(
                    Type.VERSION,
                    Map.of("region", ofRegion),
                    "at",
                    Deletes.CLOSE,
                    HistoryUnderTest.NAMES,
                    History.FAR_AWAY);
            return new HistoryUnderTest(
                    lab,
                    HistoryUnderTest.load("regions", history, "seq"),
                    new Schema(List.of(
                            new Field("id", DataType.TEXT),
                            new Field("city", DataType.TEXT),
                            new Field("region", DataType.TEXT),
                            new Field("seq", DataType.BIGINT),
                            new Field("at", DataType.TIMESTAMP))));
        }

        @Test
        void closeAndAnOlderRowDoesNotBringTheKeyBack() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 1));

            LoadCounts counts = table.delta(deleted("a", "ignored", "ignored", day(8)));
            table.delta(customer("a", "Bari", null, 4));

            assertThat(counts.deleted()).isEqualTo(1);
            assertThat(table.versions("a"))
                    .containsExactly("Rome null 2024-01-01..2024-01-04", "Bari null 2024-01-04..2024-01-08");
            table.delta(customer("a", "Bari", null, 10));
            assertThat(table.versions("a"))
                    .containsExactly(
                            "Rome null 2024-01-01..2024-01-04",
                            "Bari null 2024-01-04..2024-01-08",
                            "Bari null 2024-01-10..9999-12-31 current");
        }

        @ParameterizedTest
        @EnumSource(names = {"CLOSE", "MARK", "NEW_RECORD"})
        void withoutTimesHoldAgainstRowsOlderThanTheNewestOfThem(Deletes deletes) {
            assumeTextKeys();
            HistoryUnderTest table = table(deletes, null, "at");
            table.delta(customer("a", "Rome", null, 1));
            table.delta(deleted("a", null, null, null));
            table.delta(deleted("a", null, null, day(8)));

            LoadCounts older = table.delta(customer("a", "Bari", null, 4));
            assertThat(older.stale()).isEqualTo(1);
            assertThat(table.versions("a")).noneMatch(version -> version.contains("Bari"));

            table.delta(customer("a", "Bari", null, 9));
            assertThat(table.versions("a")).last().asString().startsWith("Bari").endsWith("current");
        }

        @Test
        void byAbsenceAreUndoneWhenTheSameRowIsThereAgain() {
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.snapshot(customer("a", "Rome", null, 1), customer("b", "Oslo", null, 1));

            LoadCounts gone = table.snapshot(customer("b", "Oslo", null, 1));
            assertThat(gone.deleted()).isEqualTo(1);
            assertThat(table.versions("a")).singleElement().asString().doesNotContain("current");

            table.snapshot(customer("a", "Rome", null, 1), customer("b", "Oslo", null, 1));
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-01..9999-12-31 current");
        }

        @Test
        void markTheLastVersionUntilTheKeyComesBack() {
            HistoryUnderTest table = customers(Deletes.MARK);
            table.delta(customer("a", "Rome", null, 1));

            table.delta(deleted("a", null, null, day(8)));
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-01..9999-12-31 current deleted");

            table.delta(customer("a", "Rome", null, 9));
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-01..9999-12-31 current");
        }

        @Test
        void addARecordWithTheLastValues() {
            HistoryUnderTest table = customers(Deletes.NEW_RECORD);
            table.delta(customer("a", "Rome", null, 1));

            table.delta(deleted("a", null, null, day(8)), deleted("unknown", null, null, day(8)));

            assertThat(table.versions("a"))
                    .containsExactly(
                            "Rome null 2024-01-01..2024-01-08", "Rome null 2024-01-08..9999-12-31 current deleted");
            assertThat(table.versions("unknown")).isEmpty();
        }

        @Test
        void areIgnored() {
            HistoryUnderTest table = customers(Deletes.IGNORE);
            table.snapshot(customer("a", "Rome", null, 1));

            LoadCounts counts = table.snapshot(deleted("a", null, null, day(8)));

            assertThat(counts.deleted()).isZero();
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-01..9999-12-31 current");
        }
    }

    @Nested
    class RandomHistories {
        @ParameterizedTest
        @EnumSource
        void areThoseOfTheModel(Deletes deletes) {
            run(deletes, histories());
        }

        @Tag("slow")
        @ParameterizedTest
        @EnumSource
        void areThoseOfTheModelManyTimes(Deletes deletes) {
            run(deletes, SLOW_TIMES * histories());
        }

        private void run(Deletes deletes, int histories) {
            assumeTextKeys();
            long seed = Long.getLong("headworks.seed", System.nanoTime());
            int done = 0;
            for (int number = 0; done < histories / Deletes.values().length; number++) {
                long own = seed + number;
                try {
                    done += new RandomHistory(lab, deletes, number, new Random(own)).run();
                } catch (AssertionError | RuntimeException failed) {
                    fail("run again with -Dheadworks.seed=" + own + "\n" + failed.getMessage(), failed);
                }
            }
        }
    }
}
