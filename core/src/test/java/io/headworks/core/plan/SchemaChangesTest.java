package io.headworks.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.Load.SchemaPolicy.Mode;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {
    private static final Schema TABLE = schema("id bigint", "name text", "_hw_run bigint", "_hw_loaded_at timestamptz");

    @Test
    void aMissingTableIsCreatedWithAuditColumns() {
        assertThat(SchemaChanges.between(null, schema("id bigint"), load(SchemaPolicy.EVOLVE)))
                .containsExactly(new SchemaChange.CreateTable(
                        schema("id bigint", "_hw_run bigint", "_hw_loaded_at timestamptz"), List.of("id")));
    }

    @Test
    void theSameColumnsChangeNothing() {
        assertThat(SchemaChanges.between(TABLE, schema("id integer", "name text"), load(SchemaPolicy.EVOLVE)))
                .isEmpty();
    }

    @Test
    void aNewColumnIsAddedAndAWiderTypeWidens() {
        assertThat(SchemaChanges.between(
                        TABLE, schema("id hugeint", "name text", "born date"), load(SchemaPolicy.EVOLVE)))
                .containsExactly(
                        new SchemaChange.WidenColumn(
                                "id", DataType.BIGINT, DataType.parse("hugeint").orElseThrow()),
                        new SchemaChange.AddColumn(
                                new Field("born", DataType.parse("date").orElseThrow())));
    }

    @Test
    void allRefusalsComeAtOnce() {
        SchemaPolicy frozen = new SchemaPolicy(Mode.FREEZE, Mode.FREEZE, Mode.FREEZE);

        assertThatThrownBy(() -> SchemaChanges.between(TABLE, schema("id text", "born date"), load(frozen)))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SCHEMA_CHANGE))
                .hasMessage("Cannot load into t: column 'id' is bigint in the table and text in the batch (types:"
                        + " freeze); column 'born' date is new (columns: freeze); column 'name' of the table is no longer"
                        + " delivered");
    }

    @Test
    void aTypeThatHoldsNeitherSideIsRefusedEvenWhenEvolving() {
        assertThatThrownBy(
                        () -> SchemaChanges.between(TABLE, schema("id text", "name text"), load(SchemaPolicy.EVOLVE)))
                .hasMessageContaining("neither holds every value of the other");
    }

    private static Load load(SchemaPolicy policy) {
        return new Load(
                new TableName(null, "t"),
                Strategy.UPSERT,
                List.of("id"),
                List.of(),
                Load.Deletes.IGNORE,
                "is_deleted",
                null,
                List.of(),
                policy,
                Load.Breaker.NONE,
                AuditColumns.DEFAULT,
                null,
                null);
    }

    private static Schema schema(String... fields) {
        return new Schema(java.util.Arrays.stream(fields)
                .map(field -> field.split(" "))
                .map(parts -> new Field(parts[0], DataType.parse(parts[1]).orElseThrow()))
                .toList());
    }
}
