package io.headworks.connector.files.json;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads numbers exactly: none is rounded, and exponents cannot make one that fills the memory. */
final class Numbers {
    private static final BigInteger HUGE_MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    private static final BigInteger HUGE_MIN = BigInteger.ONE.shiftLeft(127).negate();
    private static final int MAX_SPREAD = 2000;

    private Numbers() {}

    static BigDecimal decimal(String literal, DataType type) throws Misfit {
        BigDecimal value;
        try {
            value = new BigDecimal(literal);
        } catch (NumberFormatException e) {
            throw new Misfit("'" + literal + "' is no " + type);
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (Math.abs((long) value.scale()) > MAX_SPREAD) {
            throw new Misfit(literal + " does not fit " + type);
        }
        return value;
    }

    static BigInteger integer(String literal, DataType type) throws Misfit {
        BigDecimal value = decimal(literal, type).stripTrailingZeros();
        if (value.scale() > 0) {
            throw new Misfit(literal + " is no " + type + ": it has a fraction");
        }
        return value.toBigInteger();
    }

    /** An integer of up to 64 bits; unsigned ones by their bits. */
    static long bits(String literal, Simple type) throws Misfit {
        BigInteger value = integer(literal, type);
        int width = switch (type) {
            case INT8, UINT8 -> 8;
            case INT16, UINT16 -> 16;
            case INT32, UINT32 -> 32;
            default -> 64;
        };
        boolean unsigned =
                type == Simple.UINT8 || type == Simple.UINT16 || type == Simple.UINT32 || type == Simple.UINT64;
        boolean fits = unsigned ? value.signum() >= 0 && value.bitLength() <= width : value.bitLength() < width;
        if (!fits) {
            throw new Misfit(literal + " does not fit " + type);
        }
        return value.longValue();
    }

    static BigDecimal huge(String literal) throws Misfit {
        BigInteger value = integer(literal, Simple.HUGEINT);
        if (value.compareTo(HUGE_MAX) > 0 || value.compareTo(HUGE_MIN) < 0) {
            throw new Misfit(literal + " does not fit hugeint");
        }
        return new BigDecimal(value);
    }

    /** With exactly the scale of the type. */
    static BigDecimal scaled(String literal, DataType.Decimal type) throws Misfit {
        BigDecimal value = decimal(literal, type).stripTrailingZeros();
        if (value.signum() != 0 && value.scale() > type.scale()) {
            throw new Misfit(literal + " does not fit " + type + ": it has more than " + type.scale() + " decimals");
        }
        if (value.precision() - value.scale() > type.precision() - type.scale() && value.signum() != 0) {
            throw new Misfit(literal + " does not fit " + type);
        }
        return value.setScale(type.scale());
    }

    /** The nearest double, or float; what would become infinite is refused. */
    static double floating(String literal, Simple type) throws Misfit {
        try {
            double value = type == Simple.FLOAT ? Float.parseFloat(literal) : Double.parseDouble(literal);
            boolean named = literal.equals("NaN") || literal.endsWith("Infinity");
            if (!named && (Double.isInfinite(value) || Double.isNaN(value) || !Character.isDigit(last(literal)))) {
                throw new Misfit(literal + " does not fit " + type);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new Misfit("'" + literal + "' is no " + type);
        }
    }

    /** Java reads {@code 1d} and {@code 1f} as numbers; nobody else does. */
    private static char last(String literal) {
        return literal.isEmpty() ? ' ' : literal.charAt(literal.length() - 1);
    }
}
