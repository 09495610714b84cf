package io.headworks.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.diff.PairColumns.KnownKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PairColumnsTest {
    private static final KnownKey ID = new KnownKey(List.of("id"), "primary key of a");

    private static Schema schema(String... columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            fields.add(new Field(parts[0], DataType.parse(parts[1]).orElseThrow()));
        }
        return new Schema(fields);
    }

    private static DiffRequest request(List<String> columns, List<String> exclude, Map<String, String> tolerances) {
        return new DiffRequest(
                "a", "b", List.of(), columns, exclude, tolerances, 20, null, false, DiffRequest.Where.ALL, false);
    }

    private static Pairing pair(Schema a, Schema b, Map<String, String> tolerances) {
        return new PairColumns(request(List.of(), List.of(), tolerances), a, b, Set.of("_hw_run")).pair(List.of(ID));
    }

    /** The form of one column of two types. */
    private static CanonicalForm form(String a, String b) {
        return pair(schema("id bigint", "v " + a), schema("id bigint", "v " + b), Map.of())
                .values()
                .get(0)
                .form();
    }

    @Test
    void typesOfOneKindHaveAFormInCommon() {
        assertThat(form("smallint", "bigint")).isEqualTo(new CanonicalForm.Whole());
        assertThat(form("boolean", "tinyint")).isEqualTo(new CanonicalForm.Whole());
        assertThat(form("decimal(10,2)", "decimal(38,10)")).isEqualTo(new CanonicalForm.Fixed(10));
        assertThat(form("integer", "decimal(10,2)")).isEqualTo(new CanonicalForm.Fixed(2));
        assertThat(form("decimal(10,2)", "double")).isEqualTo(new CanonicalForm.Floating());
        assertThat(form("text", "char(3)")).isEqualTo(new CanonicalForm.Characters(true));
        assertThat(form("uuid", "text")).isEqualTo(new CanonicalForm.Uuid());
        assertThat(form("date", "timestamp")).isEqualTo(new CanonicalForm.Moment());
        assertThat(form("date", "date")).isEqualTo(new CanonicalForm.Day());
        assertThat(form("json", "text")).isEqualTo(new CanonicalForm.Document());
        assertThat(form("bits(3)", "bits(4)")).isEqualTo(new CanonicalForm.Characters(false));
    }

    @Test
    void typesOfDifferentKindsAreRefusedAllAtOnce() {
        Schema a = schema("id bigint", "one text", "two date", "three integer[]");
        Schema b = schema("id bigint", "one integer", "two time", "three text");
        assertThatThrownBy(() -> pair(a, b, Map.of()))
                .isInstanceOf(HeadworksException.class)
                .hasMessage(
                        "Cannot compare a with b: column 'one' is text in a and integer in b; column 'two' is date in a"
                                + " and time in b; column 'three' is integer[] in a and text in b");
    }

    @Test
    void whatWasDoneToValuesIsSaid() {
        Pairing pairing = pair(
                schema("id bigint", "at timestamptz", "price decimal(8,2)"),
                schema("ID integer", "at timestamp(3)", "price decimal(9,3)"),
                Map.of("price", "0.01"));
        assertThat(pairing.rules())
                .containsExactly(
                        "timestamps are compared with all their digits",
                        "at: timestamptz against timestamp(3), digits that one side does not have count; --tolerance at=1s"
                                + " would let them pass",
                        "at: timestamptz against timestamp(3), the one without a zone read as UTC",
                        "price: decimal(8,2) against decimal(9,3), by value",
                        "price: equal up to a distance of 0.01");
        assertThat(pairing.values().get(1).form()).isEqualTo(new Near(new CanonicalForm.Fixed(3), 1.0 / 256));
        assertThat(pairing.hashingA(7).byRemainder()).isTrue();
        assertThat(pairing.hashingB(7).key().get(0).name()).isEqualTo("ID");
    }

    @Test
    void columnsThatNobodyNamedAreNotLeftOutInSilence() {
        Schema a = schema("id bigint", "name text", "extra text", "_hw_run bigint");
        Schema b = schema("id bigint", "name text", "other text");
        Pairing all = pair(a, b, Map.of());
        assertThat(all.onlyInA()).containsExactly("extra");
        assertThat(all.onlyInB()).containsExactly("other");
        assertThat(all.leftOut()).containsExactly("_hw_run");
        Pairing some = new PairColumns(request(List.of("name"), List.of(), Map.of()), a, b, Set.of()).pair(List.of(ID));
        assertThat(some.leftOut()).containsExactly("extra", "_hw_run", "other");
        assertThat(some.onlyInA()).isEmpty();
    }

    @Test
    void aKeyMustBeExactAndOnBothSides() {
        assertThatThrownBy(() -> pair(schema("id double"), schema("id double"), Map.of()))
                .hasMessageContaining("key column 'id' is double (allowed as a key: ");
        assertThatThrownBy(() -> pair(schema("id bigint"), schema("id bigint"), Map.of("id", "1")))
                .hasMessageContaining("key column 'id' is bigint with a tolerance");
        assertThatThrownBy(() -> pair(schema("id bigint"), schema("number bigint"), Map.of()))
                .hasMessageContaining("neither has a primary key or merge keys that both sides have");
        assertThat(new FormMatch(new CanonicalForm.Whole(), List.of()).rules()).isEmpty();
        assertThat(FormMatch.of(Simple.NUMERIC, Simple.NUMERIC, false)).isEmpty();
    }
}
