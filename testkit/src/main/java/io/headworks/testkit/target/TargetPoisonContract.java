package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call of a load that fails poisons it: no later call answers as if nothing had happened, and nothing is kept. */
public abstract class TargetPoisonContract extends TargetStopContract {
    private static final TableName MISSING = new TableName(null, "no_such_table");
    private static final LoadCounts NOTHING = new LoadCounts(0, 0, 0, 0, 0, 0, "none", "");

    /** The calls of a load, in the order of a run. */
    enum Call {
        CHANGE,
        EXECUTE,
        REMOVE,
        ROWS_BESIDE,
        CHANGE_BESIDE,
        APPLY_BESIDE,
        APPLY,
        DEAD_LETTERS,
        RESOLVE,
        RECORD;

        boolean isBeforeApply() {
            return compareTo(APPLY) <= 0;
        }

        /** Of the same transaction's other table, which is not there. */
        boolean isBeside() {
            return this == ROWS_BESIDE || this == CHANGE_BESIDE || this == APPLY_BESIDE;
        }
    }

    private static BatchRow named(long id, String name) {
        return row(id, name, new BigDecimal("1.00"), null, null);
    }

    private static Loads upsert() {
        return Loads.of(Strategy.UPSERT, "id");
    }

    @Nested
    class Poison {
        @ParameterizedTest
        @EnumSource
        void keepsEverythingOutAfterTheFailureOf(Call failing) {
            assumeFalse(failing == Call.EXECUTE && lacks().contains(Lack.USER_SQL));
            assumeTrue(failing != Call.REMOVE || lab.target.abilities().removes());
            boolean several = lab.target.abilities().several();
            assumeTrue(!failing.isBeside() || several);
            TableUnderTest table = orders(upsert());
            table.delta(named(1, "a"));
            Fence fence = lab.take(ORDERS_TABLE, 2);
            Relation good = lab.batch(ORDERS, List.of(named(1, "b"), named(2, "b")));
            Relation bad = lab.batch(ORDERS, List.of(named(2, "b"), row(null, "c", null, null, null)));
            Relation rejects = lab.plain(RejectColumns.SCHEMA, List.of());
            try (LoadTransaction load = lab.target.begin(fence, ORDERS_TABLE)) {
                LoadTransaction beside = several ? load.beside(MISSING) : load;
                if (!failing.isBeforeApply()) {
                    load.apply(request(good));
                }
                assertThatThrownBy(() -> fail(failing, load, beside, fence, bad))
                        .as(failing + " is made to fail")
                        .isInstanceOf(HeadworksException.class);
                Map<String, ThrowingCallable> later = later(load, fence, good, rejects);
                if (several) {
                    later.putAll(laterBeside(load, beside, good));
                }
                later.forEach((name, call) -> assertThatThrownBy(call)
                        .as(name + " after the failure of " + failing)
                        .isInstanceOf(HeadworksException.class)
                        .hasMessageContaining("nothing is kept"));
            }
            assertThat(table.data()).extracting(row -> row.get(1)).containsExactly("a");
            assertThat(lab.target.committed(TargetLab.key(ORDERS_TABLE), TargetLab.runId(2), 1))
                    .isEmpty();
            table.delta(named(1, "b"), named(2, "b"));
            assertThat(table.data()).extracting(row -> row.get(1)).containsExactly("b", "b");
        }

        private LoadRequest request(Relation batch) {
            return new LoadRequest(
                    upsert().load(), batch, true, BatchKind.DELTA, null, 2, TargetLab.NOW.plusSeconds(2));
        }

        private void fail(Call call, LoadTransaction load, LoadTransaction beside, Fence fence, Relation bad) {
            switch (call) {
                case CHANGE ->
                    load.change(List.of(new SchemaChange.WidenColumn("no such column", Simple.INT32, DataType.BIGINT)));
                case EXECUTE -> load.execute("SELECT nonsense FROM nowhere");
                case REMOVE -> load.remove(new Removal("no such column", List.of("x")));
                case ROWS_BESIDE -> beside.rows(bad, null);
                case CHANGE_BESIDE ->
                    beside.change(List.of(new SchemaChange.WidenColumn("id", Simple.INT32, DataType.BIGINT)));
                case APPLY_BESIDE -> beside.apply(request(bad));
                case APPLY -> load.apply(request(bad));
                case DEAD_LETTERS ->
                    load.deadLetters(
                            TargetLab.key(ORDERS_TABLE),
                            fence.runId(),
                            TargetLab.NOW,
                            List.of(new Relation("SELECT * FROM nowhere", RejectColumns.SCHEMA, List.of())));
                case RESOLVE -> load.resolve(List.of("no such letter"), fence.runId(), TargetLab.NOW);
                case RECORD -> load.record(TargetLab.ledgerRow(1, ORDERS_TABLE, fence, NOTHING));
            }
        }

        private Map<String, ThrowingCallable> later(
                LoadTransaction load, Fence fence, Relation good, Relation rejects) {
            LedgerRow row = TargetLab.ledgerRow(2, ORDERS_TABLE, fence, NOTHING);
            Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
            calls.put(
                    "change", () -> load.change(List.of(new SchemaChange.AddColumn(new Field("more", DataType.TEXT)))));
            if (!lacks().contains(Lack.USER_SQL)) {
                calls.put("execute", () -> load.execute("SELECT 1"));
            }
            if (lab.target.abilities().removes()) {
                calls.put("remove", () -> load.remove(new Removal("name", List.of("a"))));
            }
            calls.put("apply", () -> load.apply(request(good)));
            calls.put("rows", () -> load.rows(good, null));
            calls.put("touched", load::touched);
            calls.put("table", load::table);
            calls.put(
                    "deadLetters",
                    () -> load.deadLetters(
                            TargetLab.key(ORDERS_TABLE), fence.runId(), TargetLab.NOW, List.of(rejects)));
            calls.put("resolve", () -> load.resolve(List.of(), fence.runId(), TargetLab.NOW));
            calls.put("record", () -> load.record(row));
            calls.put("commit", load::commit);
            return calls;
        }

        private Map<String, ThrowingCallable> laterBeside(LoadTransaction load, LoadTransaction beside, Relation good) {
            Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
            calls.put("beside", () -> load.beside(MISSING));
            calls.put(
                    "change beside", () -> beside.change(List.of(new SchemaChange.CreateTable(ORDERS, List.of("id")))));
            calls.put("rows beside", () -> beside.rows(good, null));
            calls.put("apply beside", () -> beside.apply(request(good)));
            calls.put("touched beside", beside::touched);
            calls.put("table beside", beside::table);
            return calls;
        }
    }
}
