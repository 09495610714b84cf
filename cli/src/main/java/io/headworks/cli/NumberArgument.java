package io.headworks.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number with a smallest value: what is below it is refused as a mistake of the command line. */
abstract class NumberArgument implements ITypeConverter<Integer> {
    private final int smallest;

    private NumberArgument(int smallest) {
        this.smallest = smallest;
    }

    /** 1, 2, 3 … */
    static final class Positive extends NumberArgument {
        Positive() {
            super(1);
        }
    }

    /** 0, 1, 2 … */
    static final class NotNegative extends NumberArgument {
        NotNegative() {
            super(0);
        }
    }

    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= smallest) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // the sentence below says what is allowed
        }
        throw new TypeConversionException("'" + text + "' is no whole number of " + smallest + " or more (allowed: as "
                + Math.max(smallest, 4) + ")");
    }
}
