package io.headworks.connector.postgres.load;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A numeric in PostgreSQL's binary form: digits to the base of 10,000, the place of the first, sign and scale. */
final class NumericForm {
    private static final int BASE = 10_000;
    private static final int DIGITS = 4;
    private static final int NEGATIVE = 0x4000;
    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** Groups, the last first. */
    private int[] groups = new int[16];

    private int count;

    void write(TupleBuffer out, BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        BigInteger unscaled = plain.unscaledValue();
        if (plain.scale() < POWERS.length && unscaled.abs().compareTo(LONG_MAX) <= 0) {
            write(out, unscaled.longValue(), plain.scale());
            return;
        }
        int fraction = (plain.scale() + DIGITS - 1) / DIGITS;
        BigInteger rest = unscaled.abs().multiply(BigInteger.TEN.pow(fraction * DIGITS - plain.scale()));
        count = 0;
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(BIG_BASE);
            add(parts[1].intValue());
            rest = parts[0];
        }
        write(out, unscaled.signum() < 0, fraction, plain.scale());
    }

    /** @param scale 0 to 18 */
    void write(TupleBuffer out, long unscaled, int scale) {
        int fraction = (scale + DIGITS - 1) / DIGITS;
        // the smallest long has no absolute value, but as an unsigned one it is right
        long absolute = Math.abs(unscaled);
        long whole = Long.divideUnsigned(absolute, POWERS[scale]);
        long part = absolute - whole * POWERS[scale];
        count = 0;
        int pad = fraction * DIGITS - scale;
        if (fraction > 0) {
            add((int) (part % POWERS[DIGITS - pad] * POWERS[pad]));
            part /= POWERS[DIGITS - pad];
        }
        while (count < fraction) {
            add((int) (part % BASE));
            part /= BASE;
        }
        while (whole != 0) {
            add((int) Long.remainderUnsigned(whole, BASE));
            whole = Long.divideUnsigned(whole, BASE);
        }
        write(out, unscaled < 0, fraction, scale);
    }

    private void add(int group) {
        if (count == groups.length) {
            groups = java.util.Arrays.copyOf(groups, count * 2);
        }
        groups[count++] = group;
    }

    private void write(TupleBuffer out, boolean negative, int fraction, int scale) {
        int last = 0;
        while (last < count && groups[last] == 0) {
            last++;
        }
        int first = count - 1;
        while (first >= last && groups[first] == 0) {
            first--;
        }
        int digits = first - last + 1;
        int begun = out.begin();
        out.putShort(digits);
        out.putShort(digits == 0 ? 0 : first - fraction);
        out.putShort(negative && digits > 0 ? NEGATIVE : 0);
        out.putShort(scale);
        for (int i = first; i >= last; i--) {
            out.putShort(groups[i]);
        }
        out.end(begun);
    }
}
