package io.headworks.connector.files.infer;

import io.headworks.api.type.DataType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column, found from all its texts. Once text it stays text. A column without any value is text.
 *
 * <ul>
 *   <li>boolean: {@code true}, {@code false}, in any case;
 *   <li>numbers: see {@link NumberShape}; {@code 007} and {@code +39} are text;
 *   <li>dates, timestamps: see {@link DateFormat} and {@link TimeShape}; a column of dates and timestamps mixed, or of
 *       naive and zoned ones, is text.
 * </ul>
 */
public final class ColumnGuess {
    private enum Family {
        UNKNOWN,
        BOOLEAN,
        NUMBER,
        DATE,
        TIMESTAMP,
        TEXT
    }

    private final NumberShape number = new NumberShape();
    private final TimeShape time = new TimeShape();
    private Family family = Family.UNKNOWN;
    private int dates = -1;

    /** With a decimal point. */
    public ColumnGuess() {}

    public ColumnGuess(char decimalMark) {
        readWith(decimalMark);
    }

    /** Sets the decimal mark of the values that follow. */
    public void readWith(char decimalMark) {
        number.readWith(decimalMark);
    }

    /** Takes a value that is not NULL in. */
    public void accept(char[] text, int from, int to) {
        switch (family) {
            case UNKNOWN -> family = first(text, from, to);
            case BOOLEAN -> keep(isBoolean(text, from, to));
            case NUMBER -> keep(number.accept(text, from, to));
            case DATE -> keep(isDate(text, from, to));
            case TIMESTAMP -> keep(isTimestamp(text, from, to));
            case TEXT -> {}
        }
    }

    public void accept(String text) {
        accept(text.toCharArray(), 0, text.length());
    }

    public boolean isEmpty() {
        return family == Family.UNKNOWN;
    }

    public boolean isText() {
        return family == Family.TEXT || isEmpty();
    }

    /** True when no further value changes anything. */
    public boolean isKnownText() {
        return family == Family.TEXT;
    }

    /** True when the numbers of the column have fractions. */
    public boolean hasFraction() {
        return family == Family.NUMBER && number.hasFraction();
    }

    public boolean isDateOrTimestamp() {
        return family == Family.DATE || family == Family.TIMESTAMP;
    }

    /** The forms in which every value of a column of dates or timestamps reads. */
    public Set<DateFormat> dateFormats() {
        return DateFormat.formats(isDateOrTimestamp() ? dates : 0);
    }

    /** The form of the timestamps of this column in strftime's letters; null when it is ISO 8601, or mixed. */
    public @Nullable String timestampFormat(DateFormat date) {
        if (family != Family.TIMESTAMP || date == DateFormat.ISO) {
            return null;
        }
        return date.pattern() + (time.seconds ? " %H:%M:%S" : " %H:%M");
    }

    public boolean isTimestamp() {
        return family == Family.TIMESTAMP;
    }

    /** @param date the form chosen for the dates or timestamps of the file; null when there are none */
    public DataType type(@Nullable DateFormat date) {
        return switch (family) {
            case UNKNOWN, TEXT -> DataType.TEXT;
            case BOOLEAN -> DataType.Simple.BOOLEAN;
            case NUMBER -> number.type();
            case DATE -> date != null && dateFormats().contains(date) ? DataType.Simple.DATE : DataType.TEXT;
            case TIMESTAMP -> date != null && dateFormats().contains(date) ? timestamp(date) : DataType.TEXT;
        };
    }

    private DataType timestamp(DateFormat date) {
        boolean mixed = time.zoned && time.naive;
        boolean plain = !time.tee && !time.zoned && time.digits == 0 && !(time.seconds && time.minutesOnly);
        if (mixed || time.zoned && time.digits > 6 || date != DateFormat.ISO && !plain) {
            return DataType.TEXT;
        }
        return new DataType.Timestamp(time.digits > 6 ? 9 : 6, time.zoned);
    }

    private Family first(char[] text, int from, int to) {
        if (number.accept(text, from, to)) {
            return Family.NUMBER;
        } else if (isBoolean(text, from, to)) {
            return Family.BOOLEAN;
        } else if (isDate(text, from, to)) {
            return Family.DATE;
        }
        return isTimestamp(text, from, to) ? Family.TIMESTAMP : Family.TEXT;
    }

    private void keep(boolean fits) {
        if (!fits) {
            family = Family.TEXT;
        }
    }

    private boolean isDate(char[] text, int from, int to) {
        return narrow(DateFormat.matching(text, from, to));
    }

    private boolean isTimestamp(char[] text, int from, int to) {
        int end = DateFormat.end(text, from, to);
        int mask = DateFormat.matching(text, from, end) & dates;
        return mask != 0 && time.accept(text, end, to) && narrow(mask);
    }

    private boolean narrow(int mask) {
        if ((mask & dates) == 0) {
            return false;
        }
        dates &= mask;
        return true;
    }

    private static boolean isBoolean(char[] text, int from, int to) {
        return matches("true", text, from, to) || matches("false", text, from, to);
    }

    private static boolean matches(String word, char[] text, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((text[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
