package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.deleted;
import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.transform.Operation.Lookup.Missing;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How facts and the versions that they name hold together on every target: inferred members, and facts corrected. */
public abstract class TargetFactsContract extends TargetHistoryContract {
    @Nested
    class MembersThatFactsName {
        @Test
        void areWrittenWithTheFactsAndFilledByTheirRows() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.INFER);

            assertThat(facts.load("1 a 2024-01-02", "2 z 2024-01-02", "3 z 0999-01-01", "4 y 1001-01-01"))
                    .isEqualTo(2);
            assertThat(table.versions("z")).containsExactly("null null 1000-01-01..9999-12-31 current");
            assertThat(facts.found(table)).containsExactly("1 a", "2 z", "4 y");

            LoadCounts counts = table.delta(customer("z", "Rome", "z@x", 5), customer("z", "Bari", "z@y", 7));

            assertCounts(counts, 2, 1, 1, 0, 0, 0);
            assertThat(table.versions("z"))
                    .containsExactly("Rome z@y 1000-01-01..2024-01-07", "Bari z@y 2024-01-07..9999-12-31 current");
            assertThat(facts.found(table)).containsExactly("1 a", "2 z", "4 y");
            table.delta(customer("z", "Bari", "z@y", 7));
            assertThat(table.touched()).isEmpty();
        }

        @Test
        void haveNotGoneFromASourceThatNeverHadThem() {
            HistoryUnderTest table = customersWithMembers();
            new FactsUnderTest(lab, table.load(), Missing.INFER).load("2 z 2024-01-02");

            table.snapshot(customer("a", "Rome", null, 1));

            assertThat(table.versions("z")).containsExactly("null null 1000-01-01..9999-12-31 current");
        }

        @Test
        void areNotDoubledByTwoThatInferThemAtOnce() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.INFER);
            FactsUnderTest.Inferred first = facts.infer("1 z 2024-01-02", "2 y 2024-01-02");
            FactsUnderTest.Inferred second = facts.infer("3 z 2024-01-03", "4 x 2024-01-03");

            assertThat(facts.write(first)).isEqualTo(2);
            assertThat(facts.write(second)).isEqualTo(1);

            assertThat(table.versions("z")).hasSize(1);
            assertThat(facts.found(table)).containsExactly("1 z", "2 y", "3 z", "4 x");
        }

        @Test
        void areRefusedWhenTheirRowsCameMeanwhile() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.INFER);
            FactsUnderTest.Inferred late = facts.infer("1 z 2024-01-02", "2 y 2024-01-02");
            table.delta(customer("z", "Rome", null, 5));

            assertThatThrownBy(() -> facts.write(late))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.HELD))
                    .hasMessageContaining("rows of 1 of their keys came between the look-up and the load");

            assertThat(table.versions("y")).isEmpty();
            assertThat(table.versions("z")).containsExactly("Rome null 2024-01-05..9999-12-31 current");
        }
    }

    private HistoryUnderTest customersWithMembers() {
        assumeTrue(lab.target.abilities().several());
        HistoryUnderTest table = customers(Deletes.CLOSE);
        table.delta(customer("a", "Rome", null, 1));
        return table;
    }

    @Nested
    class FactsOfVersionsThatChange {
        @Test
        void areGivenTheVersionThatHoldsForThemNow() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.UNKNOWN);
            facts.load("1 a 2024-01-02", "2 a 2024-01-06", "3 a 2023-12-30", "4 b 2024-01-06");
            table.correcting(facts);

            table.delta(customer("a", "Bari", null, 5));
            assertThat(table.rekeyed()).isEqualTo(1);
            assertHeld(table, facts, "a split");

            table.delta(customer("a", "Bari", null, 4));
            assertHeld(table, facts, "a version that begins earlier");

            table.delta(customer("a", "Pisa", null, -20), customer("b", "Oslo", null, 6));
            assertThat(table.rekeyed()).isEqualTo(2);
            assertHeld(table, facts, "a first version before all, and a key that was unknown");
            assertThat(facts.found(table)).containsExactly("1 a", "2 a", "3 a", "4 b");

            table.delta(deleted("a", null, null, day(6)));
            assertThat(table.rekeyed()).isEqualTo(1);
            assertHeld(table, facts, "a deletion");
        }

        @Test
        void areRefusedWithoutAVersionWhereNothingStandsForIt() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.REJECT);
            facts.load("2 a 2024-01-06");
            table.correcting(facts);

            assertThatThrownBy(() -> table.delta(deleted("a", null, null, day(3))))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessage("Cannot publish customers: 1 row of facts would have no version at at any more");
            assertThat(table.versions("a")).containsExactly("Rome null 2024-01-01..9999-12-31 current");
        }

        @Test
        void areNotPublishedByALoadThatLookedUpBefore() {
            HistoryUnderTest table = customersWithMembers();
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.UNKNOWN);
            facts.load("1 a 2024-01-02");
            table.correcting(facts);
            Fence fence = facts.take();
            FactsUnderTest.Inferred late = facts.infer("2 a 2024-01-06");

            table.delta(customer("a", "Bari", null, 5));

            assertThatThrownBy(() -> facts.write(late, List.of(), fence))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.HELD));
            facts.load("2 a 2024-01-06");
            assertHeld(table, facts, "loaded again");
        }

        @Test
        void areRightAfterRandomHistories() {
            assumeTrue(lab.target.abilities().several());
            long seed = Long.getLong("headworks.seed", System.nanoTime());
            Random random = new Random(seed);
            HistoryUnderTest table = customers(Deletes.CLOSE);
            table.delta(customer("a", "Rome", null, 40));
            FactsUnderTest facts = new FactsUnderTest(lab, table.load(), Missing.UNKNOWN);
            table.correcting(facts);
            int number = 0;
            for (int round = 0; round < 12; round++) {
                String[] loaded = new String[3];
                for (int i = 0; i < loaded.length; i++) {
                    loaded[i] = ++number + " " + "abc".charAt(random.nextInt(3)) + " "
                            + day(1 + random.nextInt(60)).toLocalDate();
                }
                facts.load(loaded);
                BatchRow[] batch = batch(random);
                table.delta(batch);
                assertHeld(
                        table,
                        facts,
                        "run again with -Dheadworks.seed=" + seed + "; round " + round + ": " + Arrays.toString(batch));
            }
        }

        /** Of each key at most one row of a time, so that none contradicts another. */
        private BatchRow[] batch(Random random) {
            List<BatchRow> rows = new ArrayList<>();
            for (String key : List.of("a", "b", "c")) {
                int day = 1 + 3 * random.nextInt(18) + random.nextInt(2);
                for (int i = 0; i < random.nextInt(3); i++) {
                    rows.add(
                            random.nextInt(5) == 0
                                    ? deleted(key, null, null, moment(random, day + 9 * i))
                                    : row(key, "city" + random.nextInt(2), null, moment(random, day + 9 * i)));
                }
            }
            return rows.toArray(BatchRow[]::new);
        }

        private LocalDateTime moment(Random random, int day) {
            return day(day).plusSeconds(random.nextInt(86_400)).plusNanos(1000L * random.nextInt(1_000_000));
        }

        /** Against a search of each fact's version in the whole table. */
        private void assertHeld(HistoryUnderTest table, FactsUnderTest facts, String what) {
            List<Map<String, @Nullable Object>> versions = table.rows();
            for (List<@Nullable Object> fact : facts.rows()) {
                LocalDateTime at = (LocalDateTime) Objects.requireNonNull(fact.get(1));
                List<@Nullable Object> holding = new ArrayList<>();
                versions.stream()
                        .filter(row -> Objects.equals(row.get("id"), fact.get(0))
                                && !((LocalDateTime) Objects.requireNonNull(row.get("valid_from"))).isAfter(at)
                                && ((LocalDateTime) Objects.requireNonNull(row.get("valid_to"))).isAfter(at))
                        .forEach(row -> holding.add(row.get("customer_sk")));
                assertThat(fact.get(2))
                        .as(what + ": " + fact)
                        .isEqualTo(holding.isEmpty() ? Long.valueOf(-1) : holding.get(0));
            }
        }
    }
}
