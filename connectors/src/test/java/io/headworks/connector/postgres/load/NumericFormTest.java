package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "1",
                "-1",
                "9999",
                "10000",
                "0.0001",
                "0.00001",
                "-0.5",
                "12345678.9",
                "100000000",
                "92233720368547758.07",
                "-9223372036854775808",
                "0.000000000000000001",
                "1.5e40",
                "123456789012345678901.25"
            })
    void isReadBack(String text) {
        BigDecimal value = new BigDecimal(text);
        assertThat(read(written(value))).isEqualTo(value.scale() < 0 ? value.setScale(0) : value);
    }

    @Test
    void isReadBackForRandomNumbers() {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(45));
            BigDecimal signed = random.nextBoolean() ? value : value.negate();
            assertThat(read(written(signed))).as("-Dheadworks.seed=" + seed).isEqualTo(signed);
        }
    }

    private static ByteBuffer written(BigDecimal value) {
        TupleBuffer out = new TupleBuffer(8);
        new NumericForm().write(out, value);
        return ByteBuffer.wrap(out.bytes(), 0, out.length());
    }

    /** As PostgreSQL's documentation of the form says. */
    private static BigDecimal read(ByteBuffer in) {
        assertThat(in.getInt()).isEqualTo(in.remaining());
        int digits = in.getShort();
        int weight = in.getShort();
        boolean negative = in.getShort() == 0x4000;
        int scale = in.getShort();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < digits; i++) {
            int digit = in.getShort();
            assertThat(digit).isBetween(0, 9999);
            assertThat(i == 0 || i == digits - 1 ? digit : 1).isPositive();
            sum = sum.add(BigDecimal.valueOf(digit).scaleByPowerOfTen(4 * (weight - i)));
        }
        return (negative ? sum.negate() : sum).setScale(scale);
    }
}
