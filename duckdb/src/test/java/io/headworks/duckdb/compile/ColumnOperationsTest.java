package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Drop;
import io.headworks.api.transform.Operation.FillNull;
import io.headworks.api.transform.Operation.Rename;
import io.headworks.api.transform.Operation.Select;
import io.headworks.api.transform.Operation.Trim;
import io.headworks.api.type.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnOperationsTest {
    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void trimsAllWhiteSpaceAtTheEndsOnly() {
        Relation input =
                duck.values("x", "(' \t\r\n\u00A0\u3000a b\u2028 ')", "('')", "('   ')", "(NULL)", "('\u200Ba')");
        assertThat(duck.run(input, new Trim(List.of("x")))).containsExactlyInAnyOrder("a b", "", "", "NULL", "\u200Ba");
    }

    @Test
    void trimIsForText() {
        assertThatThrownBy(() -> duck.compile(duck.values("x", "(1)"), new Trim(List.of("x"))))
                .hasMessage("Cannot trim x: it is integer, not text");
    }

    @Test
    void fillsNullWithAValueOfTheColumnsType() {
        Relation input = duck.values("a, b, c, d", "(1.50, NULL, NULL, NULL)", "(NULL, 'x', date '2024-05-01', true)");
        assertThat(duck.run(input, new FillNull(map("a", "0.1", "b", "it's", "c", "2024-01-01", "d", "false"))))
                .containsExactly("0.10|x|2024-05-01|true", "1.50|it's|2024-01-01|false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.50::decimal(18,2)             | 0.123
            1.50::decimal(18,2)             | 1e3
            1.50::decimal(4,2)              | 100
            1                               | 1.0
            1::tinyint                      | 128
            1::utinyint                     | -1
            date '2024-01-01'               | 2024-02-30
            timestamp '2024-01-01 00:00:00' | 2024-01-01T00:00:00Z
            timestamptz '2024-01-01 00:00:00+00' | 2024-01-01T00:00:00
            true                            | yes
            'a'::enum('a', 'b')             | c
            [1]                             | [2]
            """, quoteCharacter = '`')
    void refusesAValueThatIsNotOfTheColumnsType(String column, String value) {
        Relation input = duck.rows("SELECT " + column + " AS x");
        assertThatThrownBy(() -> duck.compile(input, new FillNull(map("x", value))))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot fill_null x with '" + value + "': it is no ");
    }

    @Test
    void swapsNamesAtOnce() {
        Relation output = duck.compile(duck.values("a, b, c", "(1, 2, 3)"), new Rename(map("a", "b", "b", "a")));
        assertThat(output.schema().names()).containsExactly("b", "a", "c");
        assertThat(duck.show(output)).containsExactly("1|2|3");
    }

    @Test
    void keepsHostileNames() {
        Relation input = duck.values("\"sel\"\"ect\", \"order\", \"😀 x\", \"\"\"\", \"it's\"", "(1, 2, 3, 4, 5)");
        Relation output = duck.compile(
                input,
                new Rename(map("order", "group by", "😀 x", "é\"😀")),
                new Drop(List.of("\"")),
                new Select(List.of("group by", "sel\"ect", "it's", "é\"😀")));
        assertThat(output.schema().names()).containsExactly("group by", "sel\"ect", "it's", "é\"😀");
        assertThat(duck.show(output)).containsExactly("2|1|5|3");
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() {
        assertThatThrownBy(() -> duck.compile(duck.values("a, b", "(1, 2)"), new Rename(map("a", "B"))))
                .hasMessage("Cannot tell columns B and b apart: they differ only in case");
        Relation colliding = new Relation(
                "SELECT 1 AS \"Id\", 2 AS \"ID\"",
                new io.headworks.api.type.Schema(List.of(
                        new io.headworks.api.type.Field("Id", DataType.BIGINT),
                        new io.headworks.api.type.Field("ID", DataType.BIGINT))),
                List.of());
        assertThatThrownBy(() -> duck.compile(colliding, new Drop(List.of("ID"))))
                .hasMessage("Cannot tell columns Id and ID apart: they differ only in case");
    }

    @Test
    void refusesTwiceTheSameNameAndOurOwn() {
        assertThatThrownBy(() -> duck.compile(duck.values("a, b", "(1, 2)"), new Rename(map("a", "b"))))
                .hasMessage("Cannot have two columns named b");
        assertThatThrownBy(() -> duck.compile(duck.values("a", "(1)"), new Rename(map("a", "_hw_seq"))))
                .hasMessageStartingWith("Cannot name a column _hw_seq");
        assertThatThrownBy(() -> duck.compile(duck.values("a", "(1)"), new Select(List.of("a", "a"))))
                .hasMessage("Cannot have two columns named a");
    }

    @Test
    void namesAreMatchedInTheExactCase() {
        assertThatThrownBy(() -> duck.compile(duck.values("status", "('a')"), new Trim(List.of("Status"))))
                .hasMessage("Cannot trim Status: no such column (columns: status)")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean status?");
    }

    @Test
    void hiddenColumnsTravelThroughSelectAndDrop() {
        Relation input = duck.values("a, b, _hw_seq, _hw_source", "(1, 2, 7, 'f:1')");
        Relation output = duck.compile(input, new Select(List.of("b", "a")), new Drop(List.of("a")));
        assertThat(output.hidden()).containsExactly("_hw_seq", "_hw_source");
        assertThat(duck.number("SELECT _hw_seq FROM (" + output.sql() + ")")).isEqualTo(7);
    }

    @Test
    void someColumnMustBeLeft() {
        Relation input = duck.values("a", "(1)");
        assertThatThrownBy(() -> duck.compile(input, new Drop(List.of("a"))))
                .hasMessage("Cannot drop a: no column would be left");
        assertThatThrownBy(() -> duck.compile(input, new Select(List.of())))
                .hasMessage("Cannot select: no column is named (columns: a)");
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
