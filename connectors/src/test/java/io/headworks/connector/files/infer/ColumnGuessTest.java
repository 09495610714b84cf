package io.headworks.connector.files.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnGuessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "1 -2 0 # bigint",
                "9223372036854775807 -9223372036854775808 # bigint",
                "9223372036854775808 # hugeint",
                "-9223372036854775809 1 # hugeint",
                "170141183460469231731687303715884105727 # hugeint",
                "170141183460469231731687303715884105728 # text",
                "1.5 22.25 3 # decimal(18,2)",
                ".5 -.25 # decimal(18,2)",
                "1234567890123456.789 # decimal(38,3)",
                "0.12345678901234567890123456789012345678 # decimal(38,38)",
                "0.123456789012345678901234567890123456789 # text",
                "1e3 2 # double",
                "1.5 NaN # double",
                "-0 5 # double",
                "-0.0 # double",
                "1e3 9007199254740993 # text",
                "1e3 0.123456789012345678 # text",
                "1e999 # text",
                "1e-999 # text",
                "0e-999 # double",
                "NaN # text",
                "007 # text",
                "-07 # text",
                "+1 # text",
                "1. # text",
                "1_000 # text",
                "1e # text",
                "- # text",
                "true FALSE True # boolean",
                "true 1 # text",
                "t f # text",
                "2026-03-01 2024-02-29 # date",
                "2026-02-29 # text",
                "2026-3-1 # text",
                "26-03-01 # text",
                "2026-03-01T10:00:00 2026-03-01T10:00 # timestamp",
                "2026-03-01T10:00:00.1234567 # timestamp(9)",
                "2026-03-01T10:00:00Z 2026-03-01T10:00:00+05:30 # timestamptz",
                "2026-03-01T10:00:00Z 2026-03-01T10:00:00 # text",
                "2026-03-01T10:00:00.1234567Z # text",
                "2026-03-01T24:00:00 # text",
                "2026-03-01T10:00:60 # text",
                "2026-03-01 2026-03-01T10:00:00 # text"
            })
    void findsTheNarrowestExactType(String values, String type) {
        ColumnGuess guess = guess(values);

        assertThat(guess.type(DateFormat.ISO)).hasToString(type);
    }

    @Test
    void isTextWithoutValues() {
        assertThat(new ColumnGuess().type(null)).hasToString("text");
    }

    @Test
    void keepsTheFormsOpenThatEveryValueFits() {
        assertThat(guess("01/02/2026 03/04/2026").dateFormats())
                .containsExactly(DateFormat.SLASHES_DAY, DateFormat.SLASHES_MONTH);
        assertThat(guess("01/02/2026 13/04/2026").dateFormats()).isEqualTo(Set.of(DateFormat.SLASHES_DAY));
        assertThat(guess("01/13/2026 02/04/2026").dateFormats()).isEqualTo(Set.of(DateFormat.SLASHES_MONTH));
        assertThat(guess("01/13/2026 13/04/2026").dateFormats()).isEmpty();
        assertThat(guess("01.02.2026").dateFormats()).isEqualTo(Set.of(DateFormat.DOTS));
    }

    @Test
    void readsDecimalCommasWhenTold() {
        ColumnGuess guess = new ColumnGuess(',');
        guess.accept("1,5");
        guess.readWith('.');
        guess.accept("2.25");

        assertThat(guess.type(null)).hasToString("decimal(18,2)");
    }

    private static ColumnGuess guess(String values) {
        ColumnGuess guess = new ColumnGuess();
        Arrays.stream(values.strip().split(" ")).forEach(guess::accept);
        return guess;
    }
}
