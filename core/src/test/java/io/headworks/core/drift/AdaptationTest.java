package io.headworks.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdaptationTest {
    private static final Schema BEFORE = schema("id bigint", "amount integer", "note text");

    private static SourceDrift to(String... columns) {
        Instant day = Instant.parse("2026-03-01T10:00:00Z");
        return SourceDrift.between(new SchemaVersion(1, "hash", BEFORE, day, day, "r", "r"), schema(columns));
    }

    @Test
    void givesBackNamesAndTypes() {
        SourceDrift drift = to("ID bigint", "total bigint", "remark text");

        assertThat(Adaptation.of(drift, Map.of("amount", "total"), Set.of("note"), true)
                        .operations())
                .containsExactly(
                        "rename: {ID: id, total: amount}",
                        "derive: {note: \"cast(null as text)\"}",
                        "cast: {amount: integer, note: text}");
    }

    @Test
    void leavesWhatThePolicyDecides() {
        assertThat(Adaptation.of(to("note text", "id bigint", "amount integer", "more text"), Map.of(), Set.of(), true)
                        .isEmpty())
                .as("a new column and another order")
                .isTrue();
        assertThat(Adaptation.of(to("id bigint", "amount bigint", "note text"), Map.of(), Set.of(), false)
                        .isEmpty())
                .as("a wider type that may evolve")
                .isTrue();
        assertThat(Adaptation.of(to("id bigint", "amount text", "note text"), Map.of(), Set.of(), false)
                        .operations())
                .containsExactly("cast: {amount: integer}");
    }

    @Test
    void asksForWhatBecameOfAColumn() {
        SourceDrift drift = to("id bigint", "total integer");

        assertThatThrownBy(() -> Adaptation.of(drift, Map.of("amount", "sum"), Set.of("id"), true))
                .isInstanceOf(HeadworksException.class)
                .hasMessage(
                        "Cannot adapt to the source: 'amount' cannot be called 'sum' now: the source has no new column"
                                + " of that name (new: total); column 'note' is gone; column 'id' is not gone");
    }

    private static Schema schema(String... columns) {
        return new Schema(Arrays.stream(columns)
                .map(column -> new Field(
                        column.split(" ")[0],
                        DataType.parse(column.split(" ")[1]).orElseThrow()))
                .toList());
    }
}
