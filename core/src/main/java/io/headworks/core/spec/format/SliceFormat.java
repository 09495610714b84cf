package io.headworks.core.spec.format;

import io.headworks.core.spec.ExtractSpec.Every;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How history is cut. */
final class SliceFormat {
    private static final Pattern EVERY_TEXT = Pattern.compile("([1-9]\\d{0,3})(h|d|w|mo|y)");

    private static final Key<String> BY =
            Key.of("by", Scalars.COLUMN, "The column that is cut.").mandatory().like("placed_at");
    private static final Key<Every> EVERY = Key.of(
                    "every",
                    ScalarKind.of(
                                    "calendar length",
                                    "a whole number and h, d, w, mo or y, as 1d",
                                    Form.TEXT,
                                    SliceFormat::every)
                            .matching("[1-9][0-9]{0,3}(h|d|w|mo|y)"),
                    "The length of a slice.")
            .like("1d");
    private static final Key<String> START = Key.of(
                    "start", Scalars.TEXT, "The beginning of history, a value of the column.")
            .like("2024-01-01");
    private static final Key<ZoneId> TIMEZONE =
            Key.of("timezone", Scalars.ZONE, "Where days begin.").byDefault(ZoneOffset.UTC, "UTC");

    static final ObjectKind<SliceSpec> KIND = ObjectKind.of(
            "slice",
            "How history is cut, half-open [from, to).",
            List.of(BY, EVERY, START, TIMEZONE),
            values -> new SliceSpec(values.get(BY), values.find(EVERY), values.find(START), values.get(TIMEZONE)));

    private SliceFormat() {}

    private static @Nullable Every every(String text) {
        Matcher matcher = EVERY_TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Every.Unit unit = switch (matcher.group(2)) {
            case "h" -> Every.Unit.HOUR;
            case "d" -> Every.Unit.DAY;
            case "w" -> Every.Unit.WEEK;
            case "mo" -> Every.Unit.MONTH;
            default -> Every.Unit.YEAR;
        };
        return new Every(Integer.parseInt(matcher.group(1)), unit);
    }
}
