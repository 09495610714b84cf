package io.headworks.api.diff;

import io.headworks.api.type.DataType;

/**
 * The text that a value becomes before it is hashed, whatever system holds it. Equal values have equal texts and
 * different values different ones, but for {@link Near}. A NULL has no text.
 */
public sealed interface CanonicalForm {

    /** A whole number in decimal digits; true is 1, false 0. */
    record Whole() implements CanonicalForm {}

    /** An exact number with {@code scale} digits after the point, at least as many as its type has. */
    record Fixed(int scale) implements CanonicalForm {}

    /**
     * A number as a double: its 64 bits (IEEE 754) read as a signed integer. Any NaN is {@code nan}, and both zeros are
     * {@code 0}.
     */
    record Floating() implements CanonicalForm {}

    /** Characters in UTF-8; {@code trimmed} of blanks (U+0020) at the end. */
    record Characters(boolean trimmed) implements CanonicalForm {}

    /** {@link Characters}, each in lower case. Systems fold by rules of their own: only the engine makes it. */
    record Folded(boolean trimmed) implements CanonicalForm {}

    /** 36 characters in lower case. */
    record Uuid() implements CanonicalForm {}

    /** {@code 2026-01-31}; years before 1 as {@code 0044-03-15 BC}; {@code infinity} and {@code -infinity}. */
    record Day() implements CanonicalForm {}

    /** {@code 23:59:59.25}, without zeros at the end of the fraction. */
    record TimeOfDay() implements CanonicalForm {}

    /** A {@link Day} and a {@link TimeOfDay} with a blank between, instants in UTC; BC stands at the end. */
    record Moment() implements CanonicalForm {}

    /** {@code x} and two hexadecimal digits in lower case for each byte. */
    record Bytes() implements CanonicalForm {}

    /** JSON without white space between its tokens. Only the engine makes it. */
    record Document() implements CanonicalForm {}

    /** The text that the engine prints for a value of a type, lists and structures as JSON. Only the engine makes it. */
    record Printed(DataType type) implements CanonicalForm {}

    /**
     * A number or a time of which neighbours are equal: the number of the cell it lies in, after {@code c}. Values further
     * apart than the tolerance are never in one cell; nearer ones may be in two, so that a bucket with different
     * hashes need not have a difference. What is too large for cells, or no number, has its exact text.
     *
     * @param exact the form without a tolerance
     * @param cell the width, at most half the tolerance and a power of two; of times in seconds
     */
    record Near(CanonicalForm exact, double cell) implements CanonicalForm {
        /** From here on a cell's number would not be exact as a double. */
        public static final long MOST_CELLS = 1L << 50;

        public Near {
            if (!(cell > 0) || exact instanceof Near) {
                throw new IllegalArgumentException("Cannot make cells of " + cell + " over " + exact);
            }
        }

        public boolean isTime() {
            return exact instanceof Day || exact instanceof Moment;
        }
    }

    /** True where the text can hold any character, so that its length has to stand before it. */
    default boolean isFree() {
        return this instanceof Characters
                || this instanceof Folded
                || this instanceof Document
                || this instanceof Printed;
    }

    /** True where only the engine makes the text. */
    default boolean isEngines() {
        return this instanceof Folded || this instanceof Document || this instanceof Printed;
    }
}
