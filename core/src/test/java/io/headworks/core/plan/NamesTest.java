package io.headworks.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.SchemaChange.KeepName;
import io.headworks.api.load.Strategy;
import io.headworks.api.name.NameRule;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names that a source, the engine or a target cannot have side by side. */
class NamesTest {
    private static final LedgerKey KEY = new LedgerKey("id", "default", "", "orders", "warehouse:orders");
    private static final String OWNER = "id/default//orders";
    private static final NameRule RULE = new NameRule(63, NameRule.Unit.BYTES, NameRule.Alphabet.ANY, true);
    private static final String LONG = "x".repeat(100);
    private static final String STORED = "x".repeat(54) + "_09ecb6eb";

    private static Schema columns(String... names) {
        return new Schema(Arrays.stream(names)
                .map(name -> new Field(name, DataType.BIGINT))
                .toList());
    }

    private static TargetState target(@Nullable Schema schema, StoredName... names) {
        return new TargetState(schema, null, null, 0, List.of(), null, null, List.of(names));
    }

    private static StoredName ofSource(String name, String called) {
        return new StoredName(Of.SOURCE_COLUMN, OWNER, name, called);
    }

    @Test
    void columnsOfASourceKeepTheirNamesWhereNoneIsLikeAnother() {
        assertThat(SourceNames.of(columns("Id", "name"), KEY, target(null))).isEqualTo(SourceNames.NONE);
    }

    @Test
    void theFirstOfSeveralAlikeKeepsItsName() {
        SourceNames names = SourceNames.of(columns("Id", "ID", "n", "id"), KEY, target(null));
        assertThat(names.called(columns("Id", "ID", "n", "id")).names())
                .containsExactly("Id", "ID_3843971d", "n", "id_a5614527");
        assertThat(names.own("ID_3843971d")).isEqualTo("ID");
        assertThat(names.fresh())
                .containsExactly(ofSource("Id", "Id"), ofSource("ID", "ID_3843971d"), ofSource("id", "id_a5614527"));
    }

    @Test
    void whatOneWasCalledItIsCalledForEver() {
        TargetState known = target(null, ofSource("Id", "Id"), ofSource("ID", "ID_3843971d"));
        assertThat(SourceNames.of(columns("ID"), KEY, known).called("ID")).isEqualTo("ID_3843971d");
        SourceNames more = SourceNames.of(columns("id", "ID", "Id"), KEY, known);
        assertThat(more.called("Id")).isEqualTo("Id");
        assertThat(more.fresh()).containsExactly(ofSource("id", "id_a5614527"));
        TargetState others = target(null, new StoredName(Of.SOURCE_COLUMN, "other", "Id", "x"));
        assertThat(SourceNames.of(columns("ID"), KEY, others)).isEqualTo(SourceNames.NONE);
    }

    @Test
    void aColumnThatTheTableHasWasThereBeforeOneThatResemblesIt() {
        SourceNames names = SourceNames.of(columns("ID", "Id"), KEY, target(columns("Id")));
        assertThat(names.called("Id")).isEqualTo("Id");
        assertThat(names.called("ID")).isEqualTo("ID_3843971d");
    }

    @Test
    void aNameThatIsMadeIsNoOtherColumns() {
        SourceNames names = SourceNames.of(columns("Id", "ID", "id_3843971D"), KEY, target(null));
        assertThat(names.called("ID")).startsWith("ID_3843971d").hasSize("ID_".length() + 16);
    }

    private static Load load(String table) {
        return new Load(
                new TableName(null, table),
                Strategy.APPEND,
                List.of(),
                List.of(),
                Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                null,
                null,
                null);
    }

    private static List<SchemaChange> before(String table, TargetState target, SchemaChange change) {
        return new TargetNames(load(table), RULE, target).before(List.of(change), SourceNames.NONE);
    }

    @Test
    void aTableAndItsColumnsGetNamesThatTheTargetHolds() {
        SchemaChange create = new SchemaChange.CreateTable(columns("a", LONG, STORED));
        assertThat(before(LONG, target(null), create))
                .containsExactly(
                        new KeepName(new StoredName(Of.TABLE, LONG, STORED)),
                        new KeepName(new StoredName(Of.COLUMN, LONG, "x".repeat(46) + "_09ecb6ebc8bcefc7")),
                        create);
    }

    @Test
    void aNewColumnLeavesTheOthersTheirNames() {
        StoredName known = new StoredName(Of.COLUMN, LONG, STORED);
        SchemaChange add = new SchemaChange.AddColumn(new Field(LONG + "y", DataType.BIGINT));
        assertThat(before("t", target(columns("a", LONG), known), add))
                .hasSize(2)
                .endsWith(add);
        SchemaChange same = new SchemaChange.AddColumn(new Field(LONG, DataType.BIGINT));
        assertThat(before("t", target(columns("a"), known), same)).containsExactly(same);
    }

    @Test
    void aTargetThatTellsCaseApartHasTheSourcesNames() {
        SourceNames names = SourceNames.of(columns("Id", "ID"), KEY, target(null));
        SchemaChange create = new SchemaChange.CreateTable(columns("Id", "ID_3843971d"));
        assertThat(new TargetNames(load("t"), RULE, target(null)).before(List.of(create), names))
                .containsExactly(
                        new KeepName(ofSource("Id", "Id")),
                        new KeepName(ofSource("ID", "ID_3843971d")),
                        new KeepName(new StoredName(Of.COLUMN, "ID_3843971d", "ID")),
                        create);
        assertThat(new TargetNames(load("t"), NameRule.ANY, target(null)).before(List.of(create), names))
                .hasSize(3);
    }

    @Test
    void aTableOfSomebodyElseIsNotWritten() {
        SchemaChange add = new SchemaChange.AddColumn(new Field("b", DataType.BIGINT));
        assertThatThrownBy(() -> before(LONG, target(columns("a")), add))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot load into " + LONG + ": the target would call it '" + STORED
                        + "', and has a table of that name that was not made for it");
    }
}
