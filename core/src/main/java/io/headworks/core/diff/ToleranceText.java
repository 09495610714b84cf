package io.headworks.core.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tolerances as people write them: {@code 0.01} for numbers, {@code 500ms}, {@code 1s} or {@code 2d} for times. */
final class ToleranceText {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(us|ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
    private static final Map<String, BigDecimal> SECONDS = Map.of(
            "us",
            new BigDecimal("0.000001"),
            "ms",
            new BigDecimal("0.001"),
            "s",
            BigDecimal.ONE,
            "m",
            BigDecimal.valueOf(60),
            "h",
            BigDecimal.valueOf(3_600),
            "d",
            BigDecimal.valueOf(86_400));

    private static final int MOST_DIGITS = 37;

    private final Map<String, String> written;

    ToleranceText(Map<String, String> written) {
        this.written = written;
    }

    /**
     * The tolerance of a column and its counterpart; null where none is asked for.
     *
     * @param refused gets a sentence where it cannot be granted
     */
    @Nullable
    Tolerance of(Field left, Field right, CanonicalForm form, List<String> refused) {
        String text = written.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(left.name())
                        || each.getKey().equalsIgnoreCase(right.name()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (text == null) {
            return null;
        }
        boolean time = form instanceof CanonicalForm.Day || form instanceof CanonicalForm.Moment;
        boolean number = left.type().isNumber() && right.type().isNumber();
        if (!time && !number) {
            refused.add("column '" + left.name() + "' is " + left.type()
                    + ", which takes no tolerance (allowed: numbers, dates, timestamps)");
            return null;
        }
        Tolerance tolerance = parse(left.name(), text, time);
        boolean exact = number && !(form instanceof CanonicalForm.Floating);
        if (exact && Math.max(digits(left.type()), digits(right.type())) + scale(form, tolerance) > MOST_DIGITS
                || isNanos(left.type())
                || isNanos(right.type())) {
            refused.add(
                    "column '" + left.name() + "' is " + left.type() + ", which is too wide for a tolerance: not yet");
        }
        return tolerance;
    }

    private static int scale(CanonicalForm form, Tolerance tolerance) {
        int scale = form instanceof CanonicalForm.Fixed fixed ? fixed.scale() : 0;
        return Math.max(scale, tolerance.distance().scale());
    }

    /** Before the point. */
    private static int digits(DataType type) {
        return type instanceof DataType.Decimal decimal
                ? decimal.precision() - decimal.scale()
                : type == DataType.Simple.HUGEINT ? MOST_DIGITS + 2 : 20;
    }

    private static boolean isNanos(DataType type) {
        return type instanceof DataType.Timestamp timestamp && timestamp.digits() > 6;
    }

    /** @param time true for a column of dates or timestamps */
    private static Tolerance parse(String column, String text, boolean time) {
        Matcher duration = DURATION.matcher(text);
        if (time && duration.matches()) {
            BigDecimal number = new BigDecimal(duration.group(1));
            return tolerance(column, text, number.multiply(SECONDS.get(duration.group(2))));
        } else if (!time && NUMBER.matcher(text).matches()) {
            return tolerance(column, text, new BigDecimal(text));
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot tolerate '" + text + "' in column '" + column + "' (allowed: "
                        + (time ? "a duration, as 500ms, 1s, 5m or 2d" : "a number, as 0.01") + ")");
    }

    private static Tolerance tolerance(String column, String text, BigDecimal distance) {
        if (distance.signum() == 0) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tolerate '" + text + "' in column '" + column
                            + "': values are compared exactly without it");
        }
        return new Tolerance(distance);
    }
}
