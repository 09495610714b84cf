package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.secret.Secret;
import io.headworks.api.transform.Operation.Hash;
import io.headworks.api.transform.Operation.Mask;
import io.headworks.api.transform.Operation.ParseJson;
import io.headworks.api.transform.Operation.ToUtc;
import io.headworks.api.type.DataType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueOperationsTest {
    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void hashesSaltAndTextAndShowsNoSalt() throws Exception {
        Relation output = duck.compile(
                duck.values("a, b, c, n", "('é😀', 42, 'x', NULL::varchar)"),
                new Hash(Pairs.of("a", "sha256", "b", "sha256", "c", "md5", "n", "sha256"), new Secret("pe'pper")));
        assertThat(output.sql()).doesNotContain("pepper").doesNotContain("pe''pper");
        assertThat(duck.show(output))
                .containsExactly(digest("SHA-256", "pe'pperé😀") + "|" + digest("SHA-256", "pe'pper42") + "|"
                        + digest("MD5", "pe'pperx") + "|NULL");
    }

    @Test
    void hashesWithoutSaltAndWithSeveral() throws Exception {
        assertThat(duck.run(duck.values("a", "('x')"), new Hash(Pairs.of("a", "sha256"), null)))
                .containsExactly(digest("SHA-256", "x"));
        assertThat(duck.run(
                        duck.values("a, b", "('x', 'x')"),
                        new Hash(Pairs.of("a", "sha256"), new Secret("1")),
                        new Hash(Pairs.of("b", "sha256"), new Secret("2"))))
                .containsExactly(digest("SHA-256", "1x") + "|" + digest("SHA-256", "2x"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "NULL", textBlock = """
            last4,  4111111111111111, ************1111
            last4,  1234,             ****
            last4,  '',               ''
            first1, Ada,              A**
            first1, A,                *
            email,  ada@example.com,  a***@example.com
            email,  no mail,          ***
            email,  @x,               ***
            full,   anything,         ***
            full,   '',               ***
            last4,  NULL,             NULL
            email,  NULL,             NULL
            """)
    void masks(String rule, String value, String expected) {
        String literal = value == null ? "NULL::varchar" : "'" + value + "'";
        assertThat(duck.run(duck.rows("SELECT " + literal + " AS x"), new Mask(Pairs.of("x", rule))))
                .containsExactly(expected == null ? "NULL" : expected);
    }

    @Test
    void masksNumbersByTheirTextAndRefusesOtherRules() {
        assertThat(duck.run(duck.values("x", "(123456)"), new Mask(Pairs.of("x", "last4"))))
                .containsExactly("**3456");
        assertThatThrownBy(() -> duck.compile(duck.values("x", "(1)"), new Mask(Pairs.of("x", "last5"))))
                .hasMessage("Cannot mask x by 'last5' (allowed: last4, first1, email, full)")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean last4?");
    }

    @ParameterizedTest(name = "{0} {1} = {2}")
    @CsvSource({
        "Europe/Rome, 2024-01-15 12:00:00, 2024-01-15 11:00:00+00",
        "Europe/Rome, 2024-07-15 12:00:00.123456, 2024-07-15 10:00:00.123456+00",
        "Europe/Rome, 2024-03-31 01:59:59, 2024-03-31 00:59:59+00",
        "Europe/Rome, 2024-03-31 03:00:00, 2024-03-31 01:00:00+00",
        "Europe/Rome, 2024-03-31 02:30:00, did not happen there",
        "Europe/Rome, 2024-03-31 02:00:00, did not happen there",
        "Europe/Rome, 2024-10-27 01:59:59, 2024-10-26 23:59:59+00",
        "Europe/Rome, 2024-10-27 02:00:00, happened twice there",
        "Europe/Rome, 2024-10-27 02:59:59, happened twice there",
        "Europe/Rome, 2024-10-27 03:00:00, 2024-10-27 02:00:00+00",
        "Europe/Rome, 2024-10-28 02:30:00, 2024-10-28 01:30:00+00",
        "Europe/Rome, 2024-10-26 02:30:00, 2024-10-26 00:30:00+00",
        "Europe/Rome, 2024-04-01 02:30:00, 2024-04-01 00:30:00+00",
        "Australia/Lord_Howe, 2024-04-07 01:45:00, happened twice there",
        "Australia/Lord_Howe, 2024-10-06 02:15:00, did not happen there",
        "Pacific/Apia, 2011-12-30 12:00:00, did not happen there",
        "Pacific/Apia, 2011-12-31 12:00:00, 2011-12-30 22:00:00+00",
        "America/New_York, 1969-10-26 01:30:00, happened twice there",
        "UTC, 2024-03-31 02:30:00, 2024-03-31 02:30:00+00",
        "Europe/Rome, infinity, is out of range",
    })
    void turnsLocalTimesIntoInstants(String zone, String local, String expected) {
        Relation input = duck.rows("SELECT timestamp '" + local + "' AS t, 5 AS n, 1 AS _hw_seq");
        Relation output = duck.compile(input, new ToUtc(Pairs.of("t", zone)));
        assertThat(output.hidden()).containsExactly("_hw_seq", "_hw_reason");
        if (expected.endsWith("+00")) {
            assertThat(duck.show(output)).containsExactly(expected + "|5");
            assertThat(duck.reasons(output)).isEmpty();
        } else {
            assertThat(duck.show(output)).containsExactly("NULL|5");
            assertThat(duck.reasons(output))
                    .containsExactly("local-time<T>to_utc(t)<T>Cannot turn t from " + zone + " to UTC: '" + local + "' "
                            + expected);
        }
    }

    @Test
    void turnsSeveralColumnsAndRefusesInstantsAndUnknownZones() {
        Relation input = duck.rows("SELECT timestamp '2024-01-01 12:00:00' AS a, timestamp '2024-01-01 12:00:00' AS b,"
                + " NULL::timestamp AS c, timestamptz '2024-01-01 12:00:00+00' AS z");
        assertThat(duck.run(input, new ToUtc(Pairs.of("a", "Europe/Rome", "b", "America/New_York", "c", "UTC"))))
                .containsExactly("2024-01-01 11:00:00+00|2024-01-01 17:00:00+00|NULL|2024-01-01 12:00:00+00");
        assertThatThrownBy(() -> duck.compile(input, new ToUtc(Pairs.of("z", "UTC"))))
                .hasMessage("Cannot to_utc z: it is timestamptz, an instant already");
        assertThatThrownBy(() -> duck.compile(input, new ToUtc(Pairs.of("a", "Europe/Roma"))))
                .hasMessage("Cannot to_utc a: there is no zone Europe/Roma")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean Europe/Rome?");
    }

    @ParameterizedTest(name = "{1} of {0} = {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1}                                | struct(a bigint)          | {'a': 1}
            {"a": 1, "more": true}                  | struct(a bigint)          | {'a': 1}
            {}                                      | struct(a bigint)          | {'a': NULL}
            {"a": null}                             | struct(a bigint)          | {'a': NULL}
            null                                    | struct(a bigint)          | NULL
            {"a": 9223372036854775807}              | struct(a bigint)          | {'a': 9223372036854775807}
            {"a": 9223372036854775808}              | struct(a bigint)          | refused
            {"a": 18446744073709551615}             | struct(a ubigint)         | {'a': 18446744073709551615}
            {"a": 123456789012345678901234567890}   | struct(a hugeint)         | {'a': 123456789012345678901234567890}
            {"a": 1.5}                              | struct(a bigint)          | refused
            {"a": 1.0}                              | struct(a bigint)          | {'a': 1}
            {"a": "7"}                              | struct(a bigint)          | {'a': 7}
            {"a": "1.5"}                            | struct(a bigint)          | refused
            {"a": "0x1F"}                           | struct(a bigint)          | refused
            {"a": "x"}                              | struct(a bigint)          | refused
            {"a": 1e999}                            | struct(a double)          | refused
            {"a": 1.5e3}                            | struct(a double)          | {'a': 1500.0}
            {"a": {"b": {"c": "x"}}}                | struct(a struct(b bigint)) | refused
            {"a": {"b": 1, "b": 2}}                 | struct(a struct(b bigint)) | refused
            {"a": true}                             | struct(a bigint)          | refused
            {"a": 1}                                | struct(a boolean)         | refused
            {"a": 1}                                | struct(a text)            | refused
            {"a": 12345678901234567890123.25}       | struct(a decimal(38,2))   | {'a': 12345678901234567890123.25}
            {"a": 0.1}                              | struct(a decimal(18,2))   | {'a': 0.10}
            {"a": 1.239}                            | struct(a decimal(18,2))   | refused
            {"a": [1, null, 3]}                     | struct(a bigint[])        | {'a': [1, NULL, 3]}
            {"a": [1, 2.5]}                         | struct(a bigint[])        | refused
            {"a": []}                               | struct(a bigint[])        | {'a': []}
            {"a": {"b": 1}}                         | struct(a bigint[])        | refused
            [{"x/y": "😀"}]                         | struct("x/y" text)[]      | [{'x/y': 😀}]
            {"t": "2024-01-01T10:00:00"}            | struct(t timestamp)       | {'t': '2024-01-01 10:00:00'}
            {"t": "2024-01-01T10:00:00+02:00"}      | struct(t timestamp)       | refused
            {"t": "2024-01-01T10:00:00+02:00"}      | struct(t timestamptz)     | {'t': '2024-01-01 08:00:00+00'}
            {"t": "2024-01-01T10:00:00"}            | struct(t timestamptz)     | refused
            {"a": 1, "a": 2}                        | struct(a bigint)          | refused
            [1]                                     | struct(a bigint)          | refused
            5                                       | bigint                    | 5
            not json                                | struct(a bigint)          | refused
            {"a": 1                                 | json                      | refused
            {"a": 1.10}                             | json                      | {"a": 1.10}
            """, quoteCharacter = '`')
    void parsesJsonExactly(String json, String type, String expected) {
        Relation input = duck.rows("SELECT '" + json + "' AS j, 1 AS _hw_seq");
        Relation output = duck.compile(
                input, new ParseJson(Map.of("j", DataType.parse(type).orElseThrow())));
        if (expected.equals("refused")) {
            assertThat(duck.show(output)).containsExactly("NULL");
            assertThat(duck.reasons(output))
                    .singleElement()
                    .asString()
                    .startsWith("json<T>parse_json(j)<T>Cannot parse_json j: '");
        } else {
            assertThat(duck.show(output)).containsExactly(expected);
            assertThat(duck.reasons(output)).isEmpty();
        }
    }

    @Test
    void nullIsNoJsonAndNoError() {
        Relation output = duck.compile(
                duck.values("j", "(NULL::varchar)"),
                new ParseJson(Map.of("j", DataType.parse("struct(a bigint)").orElseThrow())));
        assertThat(duck.show(output)).containsExactly("NULL");
        assertThat(duck.reasons(output)).isEmpty();
    }

    private static String digest(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
