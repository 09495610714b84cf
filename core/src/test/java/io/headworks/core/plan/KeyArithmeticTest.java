package io.headworks.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.core.spec.ExtractSpec.Lookback;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyArithmeticTest {
    private static final Lookback TWO_HOURS = new Lookback.OfTime(Duration.ofHours(2));

    @Test
    void lookingBackKeepsMicrosecondsAndTheFormOfTheType() {
        assertThat(KeyArithmetic.minus("2024-03-01T01:00:00.000001", DataType.TIMESTAMP, TWO_HOURS))
                .isEqualTo("2024-02-29T23:00:00.000001");
        assertThat(KeyArithmetic.minus("2024-03-01T01:00:00Z", DataType.TIMESTAMPTZ, TWO_HOURS))
                .isEqualTo("2024-02-29T23:00:00Z");
    }

    @Test
    void aLookBackOfHoursOnADateGoesAWholeDayBack() {
        assertThat(KeyArithmetic.minus("2024-03-01", Simple.DATE, TWO_HOURS)).isEqualTo("2024-02-29");
    }

    @Test
    void numbersAreExact() {
        assertThat(KeyArithmetic.minus(
                        "9223372036854775807", DataType.BIGINT, new Lookback.OfNumber(new BigDecimal("10"))))
                .isEqualTo("9223372036854775797");
    }

    @Test
    void aDurationOnANumberIsRefused() {
        assertThatThrownBy(() -> KeyArithmetic.minus("7", DataType.BIGINT, TWO_HOURS))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot look back on a key of type bigint: the look-back is a duration");
    }

    @Test
    void theBoundOfADateHoldsTheWholeDayOfTheClock() {
        Instant clock = Instant.parse("2024-03-01T10:00:00Z");

        assertThat(KeyArithmetic.bound(clock, Duration.ZERO, Simple.DATE)).isEqualTo("2024-03-02");
        assertThat(KeyArithmetic.bound(clock, Duration.ofMinutes(5), DataType.TIMESTAMP))
                .isEqualTo("2024-03-01T09:55");
    }

    @Test
    void whatIsNoValueOfTheTypeIsRefusedWithAnExample() {
        assertThatThrownBy(() -> KeyArithmetic.normalise("yesterday", DataType.TIMESTAMP, "--from"))
                .hasMessage("Cannot use --from 'yesterday': it is no timestamp");
        assertThat(KeyArithmetic.normalise("2024-01-31", DataType.TIMESTAMP, "--from"))
                .isEqualTo("2024-01-31T00:00");
    }
}
