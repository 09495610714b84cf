package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.testkit.target.TargetLab.Done;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every target keeps to. A target's own test class extends this, says how to open an engine and the target, and
 * lists what the target lacks; nothing else needs to be known. The strategies are in {@link TargetStrategyContract}, the
 * types in {@link TargetTypeContract}, random sequences against a model in {@link TargetModelContract}.
 */
public abstract class TargetContract extends TargetNameContract {

    private static BatchRow order(long id, String name) {
        return row(id, name, new BigDecimal("1.00"), null, null);
    }

    private Loads append() {
        return Loads.of(Strategy.APPEND);
    }

    @Nested
    class Looking {
        @Test
        void atNothingFindsNothingAndCreatesNothing() throws Exception {
            TargetState nothing = new TargetState(null, null, null, 0, List.of());
            assertThat(lab.target.observe(TargetLab.key(ORDERS_TABLE), ORDERS_TABLE))
                    .isEqualTo(nothing);
            assertThat(lab.target.tables()).isEmpty();
            assertThat(lab.target.deadLetters(TargetLab.key(ORDERS_TABLE), true, 10))
                    .isEmpty();
            assertThat(lab.target.ledger("p", "dev")).isEmpty();
            assertThat(lab.target.committed(TargetLab.key(ORDERS_TABLE), "r", 1))
                    .isEmpty();
            assertThat(folder.resolve("storage"))
                    .satisfiesAnyOf(
                            storage -> assertThat(storage).doesNotExist(),
                            storage -> assertThat(storage).isEmptyDirectory());
        }

        @Test
        void findsColumnsRowsAndTheNewestLiveLoad() throws Exception {
            TableUnderTest table = orders(append());
            table.delta(order(1, "a"), order(2, "b"));
            table.delta(order(3, "c"));
            reopen();
            TargetState state = lab.target.observe(TargetLab.key(ORDERS_TABLE), ORDERS_TABLE);
            assertThat(state.schema()).isNotNull();
            assertThat(state.schema().names()).startsWith("id", "name", "amount", "updated_at", "day");
            assertThat(state.rows()).isIn(3L, null);
            assertThat(state.lastRunNumber()).isEqualTo(2);
            assertThat(state.lastCommitted()).isNotNull();
            assertThat(state.lastCommitted().positionAfter()).isEqualTo("{\"after\": 2}");
            assertThat(lab.target.tables()).containsExactly(ORDERS_TABLE);
        }

        @Test
        void atAMissingTableToReadItNamesThoseThereAre() {
            orders(append()).delta(order(1, "a"));
            assertThatThrownBy(() -> lab.target.read(new TableName(null, "customers")))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("customers")
                    .hasMessageContaining("orders");
        }
    }

    @Nested
    class SettingUp {
        @Test
        void showsNoTableAndChangesNothingTheSecondTime() throws Exception {
            lab.target.setUp();
            write(1, lab.take(ORDERS_TABLE, 1));
            lab.target.setUp();
            reopen();
            assertThat(lab.target.tables()).containsExactly(ORDERS_TABLE);
            assertThat(lab.table(ORDERS_TABLE)).hasSize(1);
            assertThat(lab.target.ledger(TargetLab.key(ORDERS_TABLE).projectId(), "dev"))
                    .hasSize(1);
        }
    }

    @Nested
    class Fencing {
        @Test
        void numbersRise() {
            long first = lab.take(ORDERS_TABLE, 1).number();
            assertThat(lab.take(ORDERS_TABLE, 2).number()).isGreaterThan(first);
        }

        @Test
        void anOlderHolderCanWriteNothing() {
            Fence older = lab.take(ORDERS_TABLE, 1);
            lab.take(ORDERS_TABLE, 2);
            assertThatThrownBy(() -> write(1, older))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.HELD));
            assertThat(lab.target.tables()).isEmpty();
        }

        @Test
        void ofOneTableDoesNotHinderAnother() {
            Fence orders = lab.take(ORDERS_TABLE, 1);
            lab.take(new TableName(null, "customers"), 2);
            write(1, orders);
            assertThat(lab.target.tables()).containsExactly(ORDERS_TABLE);
        }
    }

    private void write(int number, Fence fence) {
        Relation batch = lab.batch(ORDERS, List.of(order(1, "a")));
        try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
            transaction.change(List.of(new SchemaChange.CreateTable(withAudit(ORDERS))));
            Done done = lab.apply(transaction, number, append(), batch, BatchKind.DELTA, null, true);
            transaction.record(TargetLab.ledgerRow(number, ORDERS_TABLE, fence, done.counts()));
            transaction.commit();
        }
    }

    private static Schema withAudit(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field("_hw_run", DataType.BIGINT));
        fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
        return new Schema(fields);
    }

    private void assertNothingIsKept() {
        if (lacks().contains(Lack.CHANGES_TAKEN_BACK)) {
            assertThat(lab.table(ORDERS_TABLE)).isEmpty();
        } else {
            assertThat(lab.target.tables()).isEmpty();
        }
    }

    @Nested
    class Transaction {
        @Test
        void closedWithoutCommitKeepsNothing() {
            TableUnderTest table = orders(append());
            table.delta(order(1, "a"));
            Fence fence = lab.take(ORDERS_TABLE, 2);
            Relation batch = lab.batch(ORDERS, List.of(order(2, "b")));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                Done done = lab.apply(transaction, 2, append(), batch, BatchKind.DELTA, null, true);
                transaction.record(TargetLab.ledgerRow(2, ORDERS_TABLE, fence, done.counts()));
            }
            assertThat(table.data()).hasSize(1);
            assertThat(lab.target.committed(TargetLab.key(ORDERS_TABLE), TargetLab.runId(2), 1))
                    .isEmpty();
        }

        @Test
        void isPoisonedByAFailure() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            table.delta(order(1, "a"));
            Fence fence = lab.take(ORDERS_TABLE, 2);
            Relation bad = lab.batch(ORDERS, List.of(order(2, "b"), row(null, "c", null, null, null)));
            Relation good = lab.batch(ORDERS, List.of(order(2, "b")));
            Loads load = Loads.of(Strategy.UPSERT, "id");
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                assertThatThrownBy(() -> lab.apply(transaction, 2, load, bad, BatchKind.DELTA, null, true))
                        .isInstanceOf(HeadworksException.class);
                assertThatThrownBy(() -> lab.apply(transaction, 2, load, good, BatchKind.DELTA, null, true))
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("nothing is kept");
                LoadCounts counts = new LoadCounts(0, 0, 0, 0, 0, 0, "none", "");
                LedgerRow row = TargetLab.ledgerRow(2, ORDERS_TABLE, fence, counts);
                assertThatThrownBy(() -> transaction.record(row)).isInstanceOf(HeadworksException.class);
                assertThatThrownBy(transaction::commit).isInstanceOf(HeadworksException.class);
            }
            assertThat(table.data()).hasSize(1);
        }

        @Test
        void isPoisonedByAFailingStatementOfTheUser() {
            assumeFalse(lacks().contains(Lack.USER_SQL));
            Fence fence = lab.take(ORDERS_TABLE, 1);
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                transaction.change(List.of(new SchemaChange.CreateTable(ORDERS)));
                assertThatThrownBy(() -> transaction.execute("SELECT nonsense FROM nowhere"))
                        .isInstanceOf(HeadworksException.class);
                assertThatThrownBy(transaction::commit).isInstanceOf(HeadworksException.class);
            }
            assertNothingIsKept();
        }

        @Test
        void withoutALedgerRowIsNotCommitted() {
            Fence fence = lab.take(ORDERS_TABLE, 1);
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                transaction.change(List.of(new SchemaChange.CreateTable(ORDERS)));
                assertThatThrownBy(transaction::commit)
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("ledger row");
            }
            assertNothingIsKept();
        }

        @Test
        void showsTheTableAsItWillBe() {
            TableUnderTest table = orders(append());
            table.delta(order(1, "a"));
            Fence fence = lab.take(ORDERS_TABLE, 2);
            Relation batch = lab.batch(ORDERS, List.of(order(2, "b")));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                Done done = lab.apply(transaction, 2, append(), batch, BatchKind.DELTA, null, true);
                assertThat(done.touched()).hasSize(1);
                assertThat(lab.rows(transaction.table())).hasSize(2);
            }
        }

        @Test
        void canBeFollowedByAnother() {
            TableUnderTest table = orders(Loads.of(Strategy.UPSERT, "id"));
            assertThatThrownBy(() -> table.delta(row(null, "c", null, null, null)))
                    .isInstanceOf(HeadworksException.class);
            table.delta(order(1, "a"));
            assertThat(table.data()).hasSize(1);
        }
    }

    @Nested
    class LedgerRows {
        @Test
        void areReadBackByTheNextProcess() throws Exception {
            TableUnderTest table = orders(append());
            LoadCounts first = table.delta(order(1, "a"));
            LoadCounts second = table.delta(order(2, "b"));
            reopen();
            List<LedgerRow> rows = lab.target.ledger(TargetLab.key(ORDERS_TABLE).projectId(), "dev");
            assertThat(rows).extracting(LedgerRow::runNumber).containsExactly(1L, 2L);
            assertThat(rows)
                    .extracting(LedgerRow::contentHash)
                    .containsExactly(first.contentHash(), second.contentHash());
            assertThat(lab.target.ledger("another", "dev")).isEmpty();
            assertThat(lab.target.ledger(TargetLab.key(ORDERS_TABLE).projectId(), "prod"))
                    .isEmpty();
        }

        @Test
        void haveRisingRunNumbers() {
            TableUnderTest table = orders(append());
            table.delta(order(1, "a"));
            Fence fence = lab.take(ORDERS_TABLE, 7);
            Relation batch = lab.batch(ORDERS, List.of(order(2, "b")));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                Done done = lab.apply(transaction, 1, append(), batch, BatchKind.DELTA, null, true);
                LedgerRow repeated = TargetLab.ledgerRow(1, ORDERS_TABLE, fence, done.counts());
                assertThatThrownBy(() -> transaction.record(repeated))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.HELD))
                        .hasMessageContaining("above 1");
            }
        }

        @Test
        void nameTheSameContentByTheSameHash() {
            TableUnderTest table = orders(append());
            String hash = table.delta(order(1, "a"), order(2, "b")).contentHash();
            assertThat(table.delta(order(2, "b"), order(1, "a")).contentHash()).isEqualTo(hash);
            assertThat(table.delta(order(2, "a"), order(1, "b")).contentHash()).isNotEqualTo(hash);
            assertThat(table.delta(order(1, "a")).contentHash()).isNotEqualTo(hash);
        }
    }

    @Nested
    class DeadLetters {
        private Relation rejects(String... reasons) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (String reason : reasons) {
                List<@Nullable Object> row = new ArrayList<>(List.of("extract", "cast", "rule", reason, "a.csv"));
                row.add(12L);
                row.add(null);
                row.add("amount");
                row.add("{\"amount\": \"x\"}");
                row.add(null);
                rows.add(row);
            }
            return lab.plain(RejectColumns.SCHEMA, rows);
        }

        private void load(int number, List<String> resolve, String... reasons) {
            Fence fence = lab.take(ORDERS_TABLE, number);
            Relation batch = lab.batch(ORDERS, List.of(order(number, "a")));
            List<SchemaChange> changes = lab.changes(append(), batch.schema());
            Relation rejects = rejects(reasons);
            Relation none = rejects();
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                transaction.change(changes);
                Done done = lab.apply(transaction, number, append(), batch, BatchKind.DELTA, null, true);
                long written = transaction.deadLetters(
                        TargetLab.key(ORDERS_TABLE),
                        fence.runId(),
                        TargetLab.NOW.plusSeconds(number),
                        List.of(rejects, none));
                assertThat(written).isEqualTo(reasons.length);
                transaction.resolve(resolve, fence.runId(), TargetLab.NOW.plusSeconds(number));
                transaction.record(TargetLab.ledgerRow(number, ORDERS_TABLE, fence, done.counts()));
                transaction.commit();
            }
        }

        @Test
        void areKeptWithTheirReasonAndListedNewestFirst() throws Exception {
            load(1, List.of(), "not a number", "it's \"quoted\"");
            load(2, List.of(), "later");
            reopen();
            List<DeadLetter> letters = lab.target.deadLetters(TargetLab.key(ORDERS_TABLE), false, 10);
            assertThat(letters)
                    .extracting(DeadLetter::reason)
                    .startsWith("later")
                    .hasSize(3);
            assertThat(letters).extracting(DeadLetter::id).doesNotHaveDuplicates();
            DeadLetter oldest = letters.get(2);
            assertThat(oldest.line()).isEqualTo(12);
            assertThat(oldest.byteOffset()).isNull();
            assertThat(oldest.payload()).isEqualTo("{\"amount\": \"x\"}");
            assertThat(oldest.rejectedAt()).isEqualTo(TargetLab.NOW.plusSeconds(1));
            assertThat(lab.target.deadLetters(TargetLab.key(ORDERS_TABLE), false, 1))
                    .hasSize(1);
            LedgerKey key = TargetLab.key(ORDERS_TABLE);
            for (LedgerKey other : List.of(
                    new LedgerKey(key.projectId(), key.environment(), "", "others", key.dataset()),
                    new LedgerKey(key.projectId(), "prod", "", key.pipeline(), key.dataset()),
                    new LedgerKey("another project", key.environment(), "", key.pipeline(), key.dataset()))) {
                assertThat(lab.target.deadLetters(other, true, 10))
                        .as(other.toString())
                        .isEmpty();
            }
        }

        @Test
        void areResolvedByALaterRun() {
            load(1, List.of(), "one", "two");
            String id = lab.target
                    .deadLetters(TargetLab.key(ORDERS_TABLE), false, 10)
                    .get(0)
                    .id();
            load(2, List.of(id));
            assertThat(lab.target.deadLetters(TargetLab.key(ORDERS_TABLE), false, 10))
                    .hasSize(1);
            assertThat(lab.target.deadLetters(TargetLab.key(ORDERS_TABLE), true, 10))
                    .filteredOn(letter -> letter.id().equals(id))
                    .extracting(DeadLetter::resolvedRunId)
                    .containsExactly(TargetLab.runId(2));
        }

        @Test
        void goWhenTheirTimeIsOverOrTheTargetSaysThatItCannot() throws Exception {
            load(1, List.of(), "old", "older");
            load(3, List.of(), "new");
            LedgerKey key = TargetLab.key(ORDERS_TABLE);
            LedgerKey elsewhere = new LedgerKey(key.projectId(), "prod", "", key.pipeline(), key.dataset());
            if (!lab.target.expires()) {
                assertThatThrownBy(() -> lab.target.expireDeadLetters(key, TargetLab.NOW.plusSeconds(2)))
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("this target does not take them away yet");
                assertThat(lab.target.deadLetters(key, true, 10)).hasSize(3);
                return;
            }
            assertThat(lab.target.expireDeadLetters(elsewhere, TargetLab.NOW.plusSeconds(2)))
                    .isZero();
            assertThat(lab.target.expireDeadLetters(key, TargetLab.NOW.plusSeconds(2)))
                    .isEqualTo(2);
            reopen();
            assertThat(lab.target.deadLetters(key, true, 10))
                    .extracting(DeadLetter::reason)
                    .containsExactly("new");
            assertThat(lab.target.expireDeadLetters(key, TargetLab.NOW.plusSeconds(3)))
                    .as("rejected then, not before")
                    .isZero();
        }

        @Test
        void cannotBeResolvedTwice() {
            load(1, List.of(), "one");
            String id = lab.target
                    .deadLetters(TargetLab.key(ORDERS_TABLE), false, 10)
                    .get(0)
                    .id();
            load(2, List.of(id));
            assertThatThrownBy(() -> load(3, List.of(id)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining(id);
        }
    }

    @Nested
    class Columns {
        private final Schema two =
                new Schema(List.of(new Field("id", DataType.BIGINT), new Field("name", DataType.TEXT)));

        private TableUnderTest table(Schema schema) {
            return new TableUnderTest(lab, schema, append());
        }

        @Test
        void areMatchedByName() {
            table(two).delta(row(1L, "a"));
            Schema turned = new Schema(List.of(new Field("name", DataType.TEXT), new Field("id", DataType.BIGINT)));
            lab.run(2, append(), lab.batch(turned, List.of(row("b", 2L))), BatchKind.DELTA, null, true);
            assertThat(table(two).data()).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
        }

        @Test
        void ofTheTableMustAllBeDelivered() {
            table(two).delta(row(1L, "a"));
            Relation batch = lab.batch(new Schema(two.fields().subList(0, 1)), List.of(row(2L)));
            assertThatThrownBy(() -> lab.run(2, append(), batch, BatchKind.DELTA, null, true))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("lacks column 'name'");
        }

        @Test
        void ofTheBatchMustAllHaveAPlace() {
            table(new Schema(two.fields().subList(0, 1))).delta(row(1L));
            Relation batch = lab.batch(two, List.of(row(2L, "b")));
            assertThatThrownBy(() -> lab.run(2, append(), batch, BatchKind.DELTA, null, true))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("no column for 'name'");
        }

        @Test
        void areNeverNarrowed() {
            table(two).delta(row(1L, "a"));
            Schema fractions = new Schema(List.of(
                    new Field("id", new DataType.Decimal(10, 2)), two.fields().get(1)));
            Relation batch = lab.batch(fractions, List.of(row(new BigDecimal("1.50"), "b")));
            assertThatThrownBy(() -> lab.run(2, append(), batch, BatchKind.DELTA, null, true))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("id")
                    .hasMessageContaining("decimal(10,2)");
        }

        @Test
        void areAddedAndWidenedAsPlanned() {
            Schema small = new Schema(List.of(new Field("id", DataType.Simple.INT32)));
            table(small).delta(row(1L));
            Fence fence = lab.take(ORDERS_TABLE, 2);
            Relation batch = lab.batch(two, List.of(row(5_000_000_000L, "b")));
            List<SchemaChange> changes = List.of(
                    new SchemaChange.AddColumn(two.fields().get(1)),
                    new SchemaChange.WidenColumn("id", DataType.Simple.INT32, DataType.BIGINT));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                if (lacks().contains(Lack.WIDER_COLUMNS)) {
                    assertThatThrownBy(() -> transaction.change(changes))
                            .hasMessageStartingWith("Cannot widen column 'id' of orders");
                    return;
                }
                transaction.change(changes);
                Done done = lab.apply(transaction, 2, append(), batch, BatchKind.DELTA, null, true);
                transaction.record(TargetLab.ledgerRow(2, ORDERS_TABLE, fence, done.counts()));
                transaction.commit();
            }
            List<@Nullable Object> first = new ArrayList<>(List.of(1L));
            first.add(null);
            assertThat(table(two).data()).containsExactly(first, List.of(5_000_000_000L, "b"));
        }

        @Test
        void ofTablesInSchemasAreFoundThere() {
            assumeFalse(lacks().contains(Lack.SCHEMAS));
            TableName table = new TableName("marts", "orders");
            TableUnderTest orders = new TableUnderTest(lab, two, append().into(table));
            orders.delta(row(1L, "a"));
            assertThat(orders.data()).containsExactly(List.of(1L, "a"));
            assertThat(lab.target.tables()).containsExactly(table);
        }
    }

    @Nested
    class Abilities {
        @ParameterizedTest
        @EnumSource
        void leaveOutIsRefused(Strategy strategy) {
            assumeTrue(!supports(strategy));
            Fence fence = lab.take(ORDERS_TABLE, 1);
            Relation batch = lab.batch(ORDERS, List.of(order(1, "a")));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                transaction.change(List.of(new SchemaChange.CreateTable(withAudit(ORDERS))));
                Loads load = Loads.of(strategy, "id");
                assertThatThrownBy(() -> lab.apply(transaction, 1, load, batch, BatchKind.DELTA, null, true))
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining(strategy.key());
            }
        }
    }
}
