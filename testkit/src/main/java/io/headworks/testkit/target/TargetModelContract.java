package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.dataset.TableName;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random batches against {@link TableModel}: same rows, same counts, same refusals, run after run. */
public abstract class TargetModelContract extends TargetPoisonContract {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 29);
    private static final List<String> MODEL_COLUMNS =
            Stream.concat(ORDERS.names().stream(), Stream.of("_hw_run")).toList();

    /** Sequences for each strategy in a quick build; a slow one makes twelve times as many. */
    protected int sequences() {
        return 8;
    }

    private static final int SLOW_TIMES = 12;
    private static final int LOADS_PER_SEQUENCE = 5;

    @Nested
    class RandomSequences {
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VIEW")
        void leaveWhatTheModelLeaves(Strategy strategy) {
            run(strategy, sequences());
        }

        @Tag("slow")
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VIEW")
        void leaveWhatTheModelLeavesManyTimes(Strategy strategy) {
            run(strategy, SLOW_TIMES * sequences());
        }

        private void run(Strategy strategy, int sequences) {
            assumeTrue(supports(strategy));
            long seed = Long.getLong("headworks.seed", System.nanoTime());
            for (int sequence = 0; sequence < sequences; sequence++) {
                long own = seed + sequence;
                try {
                    new Sequence(strategy, sequence, new Random(own)).run();
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError(
                            strategy + ": run again with -Dheadworks.seed=" + own + "\n" + failed.getMessage(), failed);
                }
            }
        }
    }

    private final class Sequence {
        private final Random random;
        private final Loads load;
        private final boolean ordered;
        private final TableModel model = new TableModel(ORDERS);
        private int runs;

        Sequence(Strategy strategy, int sequence, Random random) {
            this.random = random;
            boolean keyed = strategy.needsKeys() || random.nextBoolean();
            this.ordered = keyed && random.nextBoolean();
            Loads base = Loads.of(strategy, keyed ? keys() : new String[0])
                    .into(new TableName(null, "t_" + strategy.name().toLowerCase(Locale.ROOT) + "_" + sequence))
                    .orderedBy(ordered ? new String[] {"updated_at"} : new String[0]);
            if (strategy == Strategy.MERGE) {
                base = base.deleting(Deletes.values()[random.nextInt(3)]);
            }
            this.load = strategy == Strategy.PARTITION_SWAP
                    ? base.partitioned("day", random.nextBoolean() ? By.DAY : By.VALUE)
                    : base;
        }

        private String[] keys() {
            return random.nextInt(3) == 0 ? new String[] {"id", "name"} : new String[] {"id"};
        }

        void run() {
            for (int step = 0; step < LOADS_PER_SEQUENCE; step++) {
                step();
            }
        }

        private void step() {
            List<BatchRow> batch = batch();
            BatchKind kind = kind();
            Slice slice = slice();
            runs++;
            String what =
                    load + "\nrun " + runs + " " + kind + " " + slice + "\nbatch " + batch + "\ntable " + model.rows();
            TableModel.Counts expected;
            try {
                expected = model.apply(load.load(), batch, kind, slice, runs);
            } catch (TableModel.Refused refused) {
                expectRefusal(what, refused, batch, kind, slice);
                return;
            }
            Done done = lab.run(runs, load, lab.batch(ORDERS, batch), kind, slice, random.nextInt(4) > 0);
            compare(what, expected, done);
        }

        private void expectRefusal(
                String what, TableModel.Refused refused, List<BatchRow> batch, BatchKind kind, @Nullable Slice slice) {
            try {
                lab.run(runs, load, lab.batch(ORDERS, batch), kind, slice, random.nextInt(4) > 0);
            } catch (HeadworksException expected) {
                assertThat(expected).as(what).hasMessageContaining(refused.getMessage());
                runs--;
                return;
            }
            fail("%s%nshould be refused: %s", what, refused.getMessage());
        }

        private void compare(String what, TableModel.Counts expected, Done done) {
            assertThat(new TableModel.Counts(
                            done.counts().staged(),
                            done.counts().inserted(),
                            done.counts().updated(),
                            done.counts().unchanged(),
                            done.counts().stale(),
                            done.counts().deleted()))
                    .as(what)
                    .isEqualTo(expected);
            List<String> columns = load.marks()
                    ? Stream.concat(MODEL_COLUMNS.stream(), Stream.of(Loads.MARK))
                            .toList()
                    : MODEL_COLUMNS;
            assertThat(new TableUnderTest(lab, ORDERS, load).columns(columns))
                    .as(what)
                    .isEqualTo(modelRows(model.rows()));
            assertThat(TableUnderTest.picked(done.touchedSchema(), done.touched(), columns))
                    .as("touched by %s", what)
                    .isEqualTo(modelRows(model.rows().stream()
                            .filter(row -> row.run() == runs)
                            .toList()));
        }

        private List<List<@Nullable Object>> modelRows(List<TableModel.Stored> stored) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (TableModel.Stored row : stored) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.add(row.run());
                if (load.marks()) {
                    values.add(row.marked());
                }
                rows.add(values);
            }
            rows.sort(Comparator.comparing(String::valueOf));
            return rows;
        }

        private List<BatchRow> batch() {
            boolean deletions = load.strategy() != Strategy.APPEND || random.nextInt(20) == 0;
            int size = random.nextInt(10) == 0 ? 0 : random.nextInt(12);
            List<BatchRow> rows = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                List<@Nullable Object> values = values();
                rows.add(new BatchRow(deletions && random.nextInt(4) == 0, values));
                if (random.nextInt(8) == 0) {
                    rows.add(new BatchRow(false, values));
                }
            }
            return rows;
        }

        private List<@Nullable Object> values() {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(random.nextInt(150) == 0 ? null : (Object) (long) random.nextInt(10));
            values.add(random.nextInt(150) == 0 ? null : "name " + random.nextInt(2));
            values.add(random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(3) * 50L, 2));
            values.add(updatedAt());
            values.add(random.nextInt(12) == 0 ? null : FIRST_DAY.plusDays(random.nextInt(5)));
            return values;
        }

        /** With an order mostly distinct, so that few batches are refused; without one it must not matter. */
        private @Nullable LocalDateTime updatedAt() {
            return random.nextInt(8) == 0
                    ? null
                    : LocalDateTime.of(2026, 3, 1, 0, 0).plusSeconds(random.nextInt(ordered ? 200 : 3));
        }

        private BatchKind kind() {
            return load.strategy() == Strategy.TRUNCATE_RELOAD || random.nextBoolean()
                    ? BatchKind.SNAPSHOT
                    : BatchKind.DELTA;
        }

        private @Nullable Slice slice() {
            if (load.strategy() == Strategy.TRUNCATE_RELOAD || random.nextInt(3) > 0) {
                return null;
            }
            LocalDate from = FIRST_DAY.plusDays(random.nextInt(2));
            return new Slice(
                    "day", from.toString(), from.plusDays(2 + random.nextInt(4)).toString());
        }
    }
}
