package io.headworks.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundNumberTest {
    @ParameterizedTest
    @CsvSource({
        "1799.92, 2000",
        "2000, 2000",
        "2001, 5000",
        "0.0031, 0.005",
        "9.5, 10",
        "1E+20, 100000000000000000000",
        "0, 0"
    })
    void aboveIsTheNextOfOneTwoAndFive(String number, String round) {
        assertThat(RoundNumber.above(new BigDecimal(number))).hasToString(round);
    }

    @ParameterizedTest
    @CsvSource({"0.0380001, 0.039", "0.00001, 0.001"})
    void aShareIsNeverRoundedToNothing(double share, String round) {
        assertThat(RoundNumber.shareAbove(share)).hasToString(round);
    }
}
