package io.headworks.testkit.target;

import static io.headworks.testkit.target.BatchRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.testkit.target.TargetLab.Done;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names: any is kept, and where it cannot be, what stands for it is remembered. */
public abstract class TargetNameContract extends TargetFactsContract {
    private static final StoredName OF_SOURCE = new StoredName(Of.SOURCE_COLUMN, "a/pipeline 😀", "ID", "ID_1234abcd");

    @Nested
    class Names {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a \"quoted\" name",
                    "x\"; DROP TABLE orders; --",
                    "select",
                    "a.b",
                    "größe 😀",
                    "o'clock",
                    "%",
                    "A",
                    "blank at the end ",
                    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                    "ein sehr langer Name, länger als die einen und die anderen Datenbanken ihn haben können, und auch"
                            + " länger als die dritten, die sonst viel vertragen"
                })
        void ofTablesAndColumnsMayBeAny(String name) {
            assumeFalse(lacks().contains(Lack.HOSTILE_NAMES));
            Schema schema = new Schema(List.of(new Field("id", DataType.BIGINT), new Field(name, DataType.TEXT)));
            Loads load = Loads.of(supports(Strategy.UPSERT) ? Strategy.UPSERT : Strategy.APPEND, "id", name)
                    .into(new TableName(null, name))
                    .orderedBy(name);
            TableUnderTest table = new TableUnderTest(lab, schema, load);
            table.delta(row(1L, "a"), row(2L, "b"));
            table.delta(row(2L, "b"), row(3L, "c"));
            assertThat(table.data()).containsExactly(List.of(1L, "a"), List.of(2L, "b"), List.of(3L, "c"));
            assertThat(lab.target.tables())
                    .containsExactly(
                            new TableName(null, lab.target.abilities().names().fitted(name)));
        }

        @Test
        void thatDifferOnlyInCaseAreKeptApartOrRefused() {
            Schema schema = new Schema(List.of(new Field("id", DataType.BIGINT), new Field("ID", DataType.BIGINT)));
            Fence fence = lab.take(ORDERS_TABLE, 1);
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                if (lacks().contains(Lack.CASE_IN_NAMES)) {
                    assertThatThrownBy(() -> transaction.change(List.of(new SchemaChange.CreateTable(schema))))
                            .isInstanceOf(HeadworksException.class)
                            .hasMessageContaining("'id' and 'ID'");
                } else {
                    transaction.change(List.of(new SchemaChange.CreateTable(schema)));
                    assertThat(transaction.table().schema().names()).containsExactly("id", "ID");
                }
            }
        }

        @Test
        void thatStandForOthersAreRemembered() throws Exception {
            load(1, OF_SOURCE);
            assertThat(remembered()).containsExactly(OF_SOURCE);
            StoredName second = new StoredName(Of.SOURCE_COLUMN, "another", "ID", "ID_1234abcd");
            load(2, OF_SOURCE, second);
            reopen();
            assertThat(remembered()).containsExactlyInAnyOrder(OF_SOURCE, second);
            assertThat(lab.target.tables()).containsExactly(ORDERS_TABLE);
        }

        @Test
        void areNeverChanged() {
            load(1, OF_SOURCE);
            assertThatThrownBy(() -> load(2, new StoredName(Of.SOURCE_COLUMN, OF_SOURCE.owner(), "ID", "other")))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("it is stored as 'ID_1234abcd'");
        }

        private List<StoredName> remembered() {
            return lab.target.observe(TargetLab.key(ORDERS_TABLE), ORDERS_TABLE).names();
        }

        private void load(int number, StoredName... names) {
            Schema schema = new Schema(List.of(new Field("id", DataType.BIGINT)));
            Loads append = Loads.of(Strategy.APPEND);
            Relation batch = lab.plain(schema, List.of(List.of((long) number)));
            Fence fence = lab.take(ORDERS_TABLE, number);
            List<SchemaChange> changes = new ArrayList<>();
            for (StoredName name : names) {
                changes.add(new SchemaChange.KeepName(name));
            }
            changes.addAll(lab.changes(append, schema));
            try (LoadTransaction transaction = lab.target.begin(fence, ORDERS_TABLE)) {
                transaction.change(changes);
                Done done = lab.apply(transaction, number, append, batch, BatchKind.DELTA, null, true);
                transaction.record(TargetLab.ledgerRow(number, ORDERS_TABLE, fence, done.counts()));
                transaction.commit();
            }
        }
    }
}
