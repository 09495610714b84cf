package io.headworks.core.proof;

import io.headworks.api.type.DataType;
import io.headworks.core.spec.Fixture.Cell;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What the values of a column look like, all of them together. */
final class CellTypes {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String TIME = DATE.pattern() + "[ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?";
    private static final Pattern DATE_OR_TIME = Pattern.compile(DATE.pattern() + "|" + TIME);
    private static final Pattern DATE_OR_INSTANT =
            Pattern.compile(DATE.pattern() + "|" + TIME + " ?(Z|[+-]\\d{2}(:?\\d{2})?)");
    private static final int LONG_DIGITS = 18;
    private static final int MOST_DIGITS = 38;

    private CellTypes() {}

    /** The narrowest type that holds each value; text where nothing else does, and where there is no value. */
    static DataType of(List<Cell> cells) {
        List<Cell> values = cells.stream().filter(cell -> cell.text() != null).toList();
        boolean plain = values.stream().allMatch(cell -> cell.form() == Cell.Form.PLAIN);
        if (values.isEmpty() || !plain) {
            return DataType.TEXT;
        }
        List<String> texts =
                values.stream().map(cell -> String.valueOf(cell.text())).toList();
        if (texts.stream().allMatch(text -> text.equals("true") || text.equals("false"))) {
            return DataType.Simple.BOOLEAN;
        } else if (all(texts, WHOLE) && digits(texts) <= LONG_DIGITS) {
            return DataType.BIGINT;
        } else if (all(texts, NUMBER)) {
            return number(texts);
        } else if (all(texts, DATE)) {
            return DataType.Simple.DATE;
        } else if (all(texts, DATE_OR_TIME)) {
            return DataType.TIMESTAMP;
        }
        return all(texts, DATE_OR_INSTANT) ? DataType.TIMESTAMPTZ : DataType.TEXT;
    }

    private static boolean all(List<String> texts, Pattern pattern) {
        return texts.stream().allMatch(text -> pattern.matcher(text).matches());
    }

    private static int digits(List<String> texts) {
        return texts.stream()
                .map(BigDecimal::new)
                .mapToInt(number -> Math.max(number.precision() - number.scale(), 1))
                .max()
                .orElse(0);
    }

    private static DataType number(List<String> texts) {
        int scale = texts.stream()
                .map(BigDecimal::new)
                .mapToInt(BigDecimal::scale)
                .max()
                .orElse(0);
        int digits = digits(texts) + scale;
        return digits > MOST_DIGITS
                ? DataType.TEXT
                : new DataType.Decimal(digits <= LONG_DIGITS ? LONG_DIGITS : MOST_DIGITS, scale);
    }
}
