package io.headworks.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaComparisonTest {
    private static final Schema BEFORE = schema("id bigint", "name text", "amount integer");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id bigint, name text, amount integer                   |
            id bigint, name text, amount integer, note text        | additive: column 'note' text is new
            id bigint, amount integer                              | removed: column 'name' text is gone
            id bigint, name text, amount bigint                    | widening: column 'amount' is bigint, and was integer
            id bigint, name text, amount smallint                  | narrowing: column 'amount' is smallint, and was integer
            id bigint, name text, amount text                      | type change: column 'amount' is text, and was integer
            id bigint not null, name text, amount integer          | not null: column 'id' is never NULL now
            name text, id bigint, amount integer                   | reordered: the columns stand in another order: name, id, amount
            id bigint, Name text, amount integer                   | case: column 'name' is written 'Name'
            id bigint, total integer, name text                    | removed: column 'amount' integer is gone; additive: column 'total' integer is new
            id bigint, Name text, NAME text, amount integer        | removed: column 'name' text is gone; additive: column 'Name' text is new; additive: column 'NAME' text is new
            """)
    void eachDifferenceHasItsClass(String after, String changes) {
        assertThat(SchemaComparison.between(BEFORE, schema(after.split(", "))).stream()
                        .map(change -> change.kind() + ": " + change.sentence()))
                .isEqualTo(changes == null ? List.of() : List.of(changes.split("; ")));
    }

    @Test
    void versionsAreReadAsTheyWereWritten() {
        Schema columns = schema("a decimal(10,2) not null", "b timestamp(9)", "c text");
        assertThat(SchemaVersion.read(SchemaVersion.write(columns))).isEqualTo(columns);
    }

    @Test
    void onlyPairsWhoseTypesAllowItMayBeRenames() {
        Schema after = schema("id bigint", "name text", "total integer", "sum_of_it bigint", "remark text");
        List<ColumnChange> changes = SchemaComparison.between(BEFORE, after);

        assertThat(Renames.possible(BEFORE, after, changes))
                .extracting(rename -> rename.from().name() + " " + rename.to().name())
                .containsExactly("amount total", "amount sum_of_it");
    }

    @Test
    void valuesDecideAndAFewOfThemProveLittle() {
        Rename rename = new Rename(field("amount integer"), field("total integer"), 0.1, true, null);

        assertThat(rename.confidence()).as("a guess by type and place").isLessThan(Rename.WORTH_SAYING);
        assertThat(rename.with(new Rename.Values(1000, 980, 0.02, 0.02)).confidence())
                .isGreaterThanOrEqualTo(90);
        assertThat(rename.with(new Rename.Values(1000, 0, 0.02, 0.02)).confidence())
                .isLessThan(Rename.WORTH_SAYING);
        assertThat(rename.with(new Rename.Values(2, 2, 0, 0)).confidence())
                .as("yes and no are in any column of yes and no")
                .isLessThan(Rename.WORTH_SAYING);
        assertThat(rename.with(new Rename.Values(1000, 980, 0, 0.02)).sentence())
                .isEqualTo("column 'amount' may be called 'total' now (confidence 94 %: 980 of 1,000 values were in it"
                        + " before, NULL 0 % before and 2 % now, same type, same place)");
    }

    @Test
    void aColumnIsTheOldOneOfOneNewOneAtMost() {
        Rename sure = new Rename(field("a text"), field("b text"), 0, true, new Rename.Values(100, 100, 0, 0));
        Rename alsoGood = new Rename(field("a text"), field("c text"), 0, false, new Rename.Values(100, 90, 0, 0));

        assertThat(Renames.likely(List.of(alsoGood, sure))).containsExactly(sure);
    }

    @ParameterizedTest
    @CsvSource({"amount, amount, 1.0", "amount, Amount, 1.0", "abc, xyz, 0.0", "amount, amount_eur, 0.6"})
    void namesAreAlikeByTheirLetters(String one, String other, double likeness) {
        assertThat(Renames.likeness(one, other)).isEqualTo(likeness);
    }

    private static Schema schema(String... columns) {
        return new Schema(
                Arrays.stream(columns).map(SchemaComparisonTest::field).toList());
    }

    private static Field field(String column) {
        boolean required = column.endsWith(" not null");
        String[] words = column.replace(" not null", "").split(" ");
        return new Field(words[0], DataType.parse(words[1]).orElseThrow(), !required);
    }
}
