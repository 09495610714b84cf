package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * {@code numeric}: digits of base 10,000, the weight of the first, a sign and a display scale. Exact, or the row is unfit.
 *
 * @param precision digits of the decimal to make
 */
public record DecimalDecoder(int precision, int scale) implements Decoder {
    private static final int LARGEST_LONG = 18;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int HEAD = 8;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    @Override
    public Column decode(Cells cells, Unfit unfit) {
        return precision <= LARGEST_LONG ? longs(cells, unfit) : decimals(cells, unfit);
    }

    private Column longs(Cells cells, Unfit unfit) {
        long[] values = new long[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row)) {
                int sign = sign(cells, row, unfit);
                if (sign != 0) {
                    values[row] = sign * unscaled(cells, row, unfit);
                }
            }
        }
        return new Column.Longs(values, cells.nulls());
    }

    /** 1 or -1; 0 for what is no number, which is unfit. */
    private static int sign(Cells cells, int row, Unfit unfit) {
        int sign = Wire.int16(cells.bytes(), cells.starts()[row] + 4) & 0xffff;
        if (sign == 0) {
            return 1;
        } else if (sign == NEGATIVE) {
            return -1;
        }
        unfit.add(row, sign == NAN ? "is NaN" : "is infinity");
        return 0;
    }

    private long unscaled(Cells cells, int row, Unfit unfit) {
        byte[] bytes = cells.bytes();
        int at = cells.starts()[row];
        int digits = Wire.int16(bytes, at);
        int exponent = 4 * Wire.int16(bytes, at + 2) + scale;
        long value = 0;
        for (int i = 0; i < digits; i++, exponent -= 4) {
            int digit = Wire.int16(bytes, at + HEAD + 2 * i);
            if (exponent >= 0) {
                if (digit != 0 && (exponent > LARGEST_LONG || digit > Long.MAX_VALUE / POWERS[exponent])) {
                    return unfit(row, cells, unfit);
                }
                value += digit == 0 ? 0 : digit * POWERS[exponent];
                if (value < 0) {
                    return unfit(row, cells, unfit);
                }
            } else if (exponent <= -4 ? digit != 0 : digit % POWERS[-exponent] != 0) {
                return unfit(row, cells, unfit);
            } else if (exponent > -4) {
                value += digit / POWERS[-exponent];
            }
        }
        return value < POWERS[precision] ? value : unfit(row, cells, unfit);
    }

    private long unfit(int row, Cells cells, Unfit unfit) {
        unfit.add(row, "is " + exact(cells, row).stripTrailingZeros().toPlainString() + ", which does not fit exactly");
        return 0;
    }

    private Column decimals(Cells cells, Unfit unfit) {
        BigDecimal[] values = new BigDecimal[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            if (!cells.isNull(row) && sign(cells, row, unfit) != 0) {
                BigDecimal value = exact(cells, row);
                boolean exact = value.stripTrailingZeros().scale() <= scale;
                BigDecimal scaled = exact ? value.setScale(scale) : value;
                if (!exact || scaled.precision() > precision) {
                    unfit.add(row, "is " + value.stripTrailingZeros().toPlainString() + ", which does not fit exactly");
                } else {
                    values[row] = scaled;
                }
            }
        }
        return new Column.Decimals(values, cells.nulls());
    }

    private static BigDecimal exact(Cells cells, int row) {
        byte[] bytes = cells.bytes();
        int at = cells.starts()[row];
        int digits = Wire.int16(bytes, at);
        int weight = Wire.int16(bytes, at + 2);
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            value = value.multiply(BASE).add(BigInteger.valueOf(Wire.int16(bytes, at + HEAD + 2 * i)));
        }
        boolean negative = (Wire.int16(bytes, at + 4) & 0xffff) == NEGATIVE;
        return new BigDecimal(negative ? value.negate() : value, 4 * (digits - 1 - weight));
    }
}
