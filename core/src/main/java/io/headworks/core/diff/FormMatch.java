package io.headworks.core.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Bounded;
import io.headworks.api.type.DataType.Decimal;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.DataType.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form in which values of two types are compared.
 *
 * @param rules what a reader of the result should know, as sentences; a {@code %s} is the column's name
 */
record FormMatch(CanonicalForm form, List<String> rules) {
    private static final String TEXT = "text is compared byte by byte in UTF-8; collations are not applied";
    private static final String FOLDED =
            "text is compared with each character in lower case; collations are not applied";
    private static final String DOUBLES = "float and double are compared bit for bit; NaN equals NaN, and 0 equals -0";
    private static final String TIMES = "timestamps are compared with all their digits";
    private static final String DOCUMENTS =
            "json is compared without white space between tokens; the order of keys and the spelling of numbers count";

    FormMatch {
        rules = List.copyOf(rules);
    }

    /** Empty when the types have no form in common. */
    static Optional<FormMatch> of(DataType a, DataType b, boolean ignoreCase) {
        return numbers(a, b)
                .or(() -> texts(a, b, ignoreCase))
                .or(() -> times(a, b))
                .or(() -> others(a, b));
    }

    private static Optional<FormMatch> numbers(DataType a, DataType b) {
        if (!isNumeric(a) || !isNumeric(b)) {
            return Optional.empty();
        }
        boolean against = !a.equals(b);
        boolean floatA = isFloat(a);
        boolean floatB = isFloat(b);
        if (floatA || floatB) {
            List<String> rules = new ArrayList<>(List.of(DOUBLES));
            if (against) {
                rules.add("%s: " + a + " against " + b + ", both as double");
            }
            return Optional.of(new FormMatch(new CanonicalForm.Floating(), rules));
        }
        boolean oneFlag = (a == Simple.BOOLEAN) != (b == Simple.BOOLEAN);
        List<String> rules = oneFlag
                ? List.of("%s: " + a + " against " + b + ", true as 1 and false as 0")
                : scale(a) == scale(b) ? List.of() : List.of("%s: " + a + " against " + b + ", by value");
        boolean whole = !(a instanceof Decimal) && !(b instanceof Decimal);
        CanonicalForm form = whole ? new CanonicalForm.Whole() : new CanonicalForm.Fixed(Math.max(scale(a), scale(b)));
        return Optional.of(new FormMatch(form, rules));
    }

    private static boolean isNumeric(DataType type) {
        return type == Simple.BOOLEAN || type.isNumber() && type != Simple.NUMERIC;
    }

    private static boolean isFloat(DataType type) {
        return type == Simple.FLOAT || type == Simple.DOUBLE;
    }

    private static int scale(DataType type) {
        return type instanceof Decimal decimal ? decimal.scale() : 0;
    }

    private static Optional<FormMatch> texts(DataType a, DataType b, boolean ignoreCase) {
        if (a.isText() && b.isText()) {
            boolean trimmed = isPadded(a) || isPadded(b);
            List<String> rules = new ArrayList<>(List.of(ignoreCase ? FOLDED : TEXT));
            if (trimmed) {
                rules.add("%s: char(n), without blanks at the end");
            }
            CanonicalForm form = ignoreCase ? new CanonicalForm.Folded(trimmed) : new CanonicalForm.Characters(trimmed);
            return Optional.of(new FormMatch(form, rules));
        } else if (pair(a, b, Simple.UUID)) {
            List<String> rules = a.equals(b) ? List.of() : List.of("%s: " + a + " against " + b + ", in lower case");
            return Optional.of(new FormMatch(new CanonicalForm.Uuid(), rules));
        } else if (pair(a, b, Simple.JSON)) {
            return Optional.of(new FormMatch(new CanonicalForm.Document(), List.of(DOCUMENTS)));
        }
        return Optional.empty();
    }

    private static boolean isPadded(DataType type) {
        return type instanceof Bounded bounded && bounded.padded();
    }

    /** Both are of that type, or one is and the other is text. */
    private static boolean pair(DataType a, DataType b, DataType type) {
        return a == type && (b == type || b.isText()) || b == type && a.isText();
    }

    private static Optional<FormMatch> times(DataType a, DataType b) {
        if (a == Simple.DATE && b == Simple.DATE) {
            return Optional.of(new FormMatch(new CanonicalForm.Day(), List.of()));
        } else if (a instanceof DataType.Time && b instanceof DataType.Time) {
            return Optional.of(new FormMatch(new CanonicalForm.TimeOfDay(), digits(a, b)));
        } else if (!a.isTime() || !b.isTime()) {
            return Optional.empty();
        }
        List<String> rules = new ArrayList<>(List.of(TIMES));
        rules.addAll(digits(a, b));
        if (a == Simple.DATE || b == Simple.DATE) {
            rules.add("%s: " + a + " against " + b + ", a date as its midnight");
        }
        if (isZoned(a) != isZoned(b)) {
            rules.add("%s: " + a + " against " + b + ", the one without a zone read as UTC");
        }
        return Optional.of(new FormMatch(new CanonicalForm.Moment(), rules));
    }

    private static boolean isZoned(DataType type) {
        return type instanceof Timestamp timestamp && timestamp.zoned();
    }

    /** A system that stored fewer digits has other values: that is a difference, and said. */
    private static List<String> digits(DataType a, DataType b) {
        int one = digits(a);
        int other = digits(b);
        return one < 0 || other < 0 || one == other
                ? List.of()
                : List.of("%s: " + a + " against " + b + ", digits that one side does not have count; --tolerance %s=1s"
                        + " would let them pass");
    }

    private static int digits(DataType type) {
        return type instanceof Timestamp timestamp
                ? timestamp.digits()
                : type instanceof DataType.Time time ? time.digits() : -1;
    }

    private static Optional<FormMatch> others(DataType a, DataType b) {
        if (isBytes(a) && isBytes(b)) {
            return Optional.of(new FormMatch(new CanonicalForm.Bytes(), List.of()));
        }
        if (a instanceof DataType.Bits && b instanceof DataType.Bits) {
            return Optional.of(new FormMatch(new CanonicalForm.Characters(false), List.of()));
        }
        return a.equals(b) && a != Simple.NUMERIC
                ? Optional.of(new FormMatch(
                        new CanonicalForm.Printed(a), List.of("%s: " + a + " is compared as the engine prints it")))
                : Optional.empty();
    }

    private static boolean isBytes(DataType type) {
        return type == Simple.BINARY || type == Simple.GEOMETRY;
    }
}
