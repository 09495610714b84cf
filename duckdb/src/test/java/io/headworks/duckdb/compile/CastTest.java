package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.Drop;
import io.headworks.api.type.DataType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    @ParameterizedTest(name = "{0} to {1} = {2}")
    @CsvSource(delimiter = '|', textBlock = """
            '42'                             | bigint         | 42
            ' 42 '                           | bigint         | 42
            '+5'                             | bigint         | 5
            '7.00'                           | bigint         | 7
            '9007199254740993'               | bigint         | 9007199254740993
            '1.5'                            | bigint         | refused
            '1e3'                            | bigint         | refused
            '1_000'                          | bigint         | refused
            '0x1F'                           | bigint         | refused
            ''                               | bigint         | refused
            '9223372036854775808'            | bigint         | refused
            '300'                            | tinyint        | refused
            '-1'                             | utinyint       | refused
            '170141183460469231731687303715884105727' | hugeint | 170141183460469231731687303715884105727
            '1.23'                           | decimal(18,2)  | 1.23
            '1.2300'                         | decimal(18,2)  | 1.23
            '1.239'                          | decimal(18,2)  | refused
            '.5'                             | decimal(18,2)  | 0.50
            '1e3'                            | decimal(18,2)  | refused
            '12345678901234567890.12'        | decimal(38,2)  | 12345678901234567890.12
            '99999999999999999.99'           | decimal(18,2)  | refused
            '1,5'                            | decimal(18,2)  | refused
            1.239                            | decimal(18,2)  | refused
            1.230                            | decimal(18,2)  | 1.23
            1.5                              | bigint         | refused
            2.0                              | bigint         | 2
            2.5::double                      | integer        | refused
            3.0::double                      | integer        | 3
            'nan'::double                    | integer        | refused
            1e30::double                     | bigint         | refused
            0.1::double + 0.2::double        | decimal(18,2)  | refused
            1.1::double                      | decimal(18,2)  | 1.10
            9007199254740993                 | double         | refused
            9007199254740992                 | double         | 9007199254740992.0
            9223372036854775807              | double         | refused
            1.1::double                      | float          | refused
            12345678901234567.89             | double         | refused
            300                              | tinyint        | refused
            2                                | boolean        | refused
            1                                | boolean        | true
            'yes'                            | boolean        | true
            'ja'                             | boolean        | refused
            '1e999'                          | double         | refused
            'NaN'                            | double         | nan
            '1_0.5'                          | double         | refused
            '6.02e23'                        | double         | 6.02e+23
            '2024-02-29'                     | date           | 2024-02-29
            '2024-02-30'                     | date           | refused
            '2024-01-01 10:00:00'            | date           | refused
            '2024-01-01 00:00:00'            | date           | 2024-01-01
            'epoch'                          | date           | refused
            'infinity'                       | timestamp      | refused
            '2024-01-01T10:00'               | timestamp      | 2024-01-01 10:00:00
            '2024-01-01 10:00:00+02'         | timestamp      | refused
            '2024-01-01 10:00:00Z'           | timestamp      | refused
            '2024-01-01 10:00:00.1234567'    | timestamp      | refused
            '2024-01-01 10:00:00.1234560'    | timestamp      | 2024-01-01 10:00:00.123456
            '2024-01-01 10:00:00.1234567'    | timestamp(9)   | 2024-01-01 10:00:00.1234567
            '2024-01-01 10:00:00.1234'       | timestamp(3)   | refused
            '2024-01-01 10:00:60'            | timestamp      | refused
            '0001-01-01 00:00:00'            | timestamp      | 0001-01-01 00:00:00
            '2024-01-01 10:00:00+02:30'      | timestamptz    | 2024-01-01 07:30:00+00
            '2024-01-01 10:00:00Z'           | timestamptz    | 2024-01-01 10:00:00+00
            '2024-01-01 10:00:00'            | timestamptz    | refused
            '24:00:00'                       | time           | refused
            '23:59:59.5'                     | time           | 23:59:59.5
            timestamp '2024-01-01 10:00:00'  | date           | refused
            timestamp '2024-01-01 00:00:00'  | date           | 2024-01-01
            date '2024-01-01'                | timestamp      | 2024-01-01 00:00:00
            timestamp '2024-01-01 00:00:00.123456' | timestamp(3) | refused
            timestamp '2024-01-01 00:00:00.123'    | timestamp(3) | 2024-01-01 00:00:00.123
            'abcd'                           | text(3)        | refused
            'abc'                            | text(3)        | abc
            'é😀x'                           | text(3)        | é😀x
            'a'                              | enum('a', 'b') | a
            'c'                              | enum('a', 'b') | refused
            '{"a": 1'                        | json           | refused
            '{"a": 1.10}'                    | json           | {"a": 1.10}
            '\\xAA'::blob                    | text           | refused
            '\\xC3\\xA9'::blob               | text           | é
            '0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10' | uuid     | 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10
            NULL::varchar                    | bigint         | NULL
            """, quoteCharacter = '`')
    void convertsOrRefuses(String value, String type, String expected) {
        Relation input = duck.rows("SELECT " + value + " AS x, 1::bigint AS _hw_seq");
        Relation output = duck.compile(input, cast("x", type, Cast.OnError.REJECT, false));
        if (expected.equals("refused")) {
            assertThat(duck.reasons(output))
                    .singleElement()
                    .asString()
                    .startsWith("cast<T>cast(x)<T>Cannot cast x to ");
            assertThat(duck.show(output)).containsExactly("NULL");
        } else {
            assertThat(duck.show(output)).containsExactly(expected);
            assertThat(duck.reasons(new Relation(
                            "SELECT *, NULL AS _hw_reason FROM ("
                                    + duck.compile(input).sql() + ")",
                            input.schema(),
                            List.of("_hw_reason"))))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} to {1} = {2}, rounding")
    @CsvSource(delimiter = '|', textBlock = """
            '1.239'                         | decimal(18,2) | 1.24
            '1.005'                         | decimal(18,2) | 1.01
            '-2.5'                          | bigint        | -3
            '2.5'                           | bigint        | 3
            2.5::double                     | bigint        | 3
            -2.5                            | bigint        | -3
            1.005                           | decimal(18,2) | 1.01
            '1e3'                           | bigint        | NULL
            '9223372036854775808'           | bigint        | NULL
            timestamp '2024-01-01 23:59:59' | date          | 2024-01-01
            '2024-01-01 10:00:00+02'        | timestamp     | NULL
            """, quoteCharacter = '`')
    void roundsWhereAllowed(String value, String type, String expected) {
        assertThat(duck.run(duck.rows("SELECT " + value + " AS x"), cast("x", type, Cast.OnError.SET_NULL, true)))
                .containsExactly(expected);
    }

    @Test
    void saysWhatAValueWouldBecome() {
        Relation output = duck.compile(
                duck.values("_hw_seq, x", "(1, '1.239')", "(2, 'ten')", "(3, 'a\tb" + "x".repeat(100) + "')"),
                cast("x", "decimal(18,2)", Cast.OnError.REJECT, false));
        assertThat(duck.reasons(output))
                .containsExactly(
                        "cast<T>cast(x)<T>Cannot cast x to decimal(18,2): '1.239' would become '1.24'",
                        "cast<T>cast(x)<T>Cannot cast x to decimal(18,2): 'a b" + "x".repeat(77) + "…' does not fit",
                        "cast<T>cast(x)<T>Cannot cast x to decimal(18,2): 'ten' does not fit");
    }

    @Test
    void theFirstReasonWins() {
        Relation output = duck.compile(
                duck.values("x, y, z", "('a', 'b', 'c')"),
                new Cast(List.of(
                        new Cast.Column("x", DataType.BIGINT, Cast.OnError.REJECT, false),
                        new Cast.Column("y", DataType.BIGINT, Cast.OnError.REJECT, false))),
                cast("z", "bigint", Cast.OnError.REJECT, false));
        assertThat(duck.reasons(output)).containsExactly("cast<T>cast(x)<T>Cannot cast x to bigint: 'a' does not fit");
    }

    @Test
    void failsTheStatementWithTheRowEvenWhenNobodyReadsTheColumn() {
        Relation output = duck.compile(
                duck.values("id, x, _hw_source", "(1, '5', 'a.csv:2')", "(2, 'ten', 'a.csv:3')"),
                cast("x", "bigint", Cast.OnError.FAIL, false),
                new Drop(List.of("x")));
        assertThatThrownBy(() -> duck.number("SELECT count(*) FROM (" + output.sql() + ")"))
                .isInstanceOf(HeadworksException.class)
                .hasMessageContaining("Cannot cast x to bigint: 'ten' does not fit (a.csv:3)");
    }

    @ParameterizedTest(name = "{0} to {1} has no exact meaning")
    @CsvSource(delimiter = '|', textBlock = """
            timestamptz '2024-01-01 00:00:00+00' | timestamp   | the zone would be lost
            timestamp '2024-01-01 00:00:00'      | timestamptz | a time without a zone is no instant
            date '2024-01-01'                    | bigint      | no value is the same in both
            [1, 2]                               | text        | a cast is for single values
            '[1, 2]'                             | bigint[]    | a cast is for single values
            '{}'::json                           | bigint      | a cast is for single values
            """, quoteCharacter = '`')
    void refusesAtPlanTime(String value, String type, String why) {
        Relation input = duck.rows("SELECT " + value + " AS x");
        assertThatThrownBy(() -> duck.compile(input, cast("x", type, Cast.OnError.REJECT, true)))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot cast x from ")
                .hasMessageEndingWith(why);
    }

    @Test
    void namesTheNearestColumn() {
        assertThatThrownBy(() -> duck.compile(
                        duck.values("amount, id", "('1', 2)"), cast("ammount", "bigint", Cast.OnError.REJECT, false)))
                .hasMessage("Cannot cast ammount: no such column (columns: amount, id)")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean amount?");
    }

    private static Cast cast(String column, String type, Cast.OnError onError, boolean rounding) {
        return new Cast(List.of(new Cast.Column(column, DataType.parse(type).orElseThrow(), onError, rounding)));
    }
}
