package io.headworks.core.spec.descriptor;

import io.headworks.api.check.Threshold;
import io.headworks.api.secret.Secret;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The single values that project files are made of. */
public final class Scalars {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d|w)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");
    private static final Pattern NUMERAL =
            Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,10}");

    public static final ScalarKind<String> TEXT = ScalarKind.of("text", "text", Form.TEXT, text -> text);

    public static final ScalarKind<String> COLUMN =
            ScalarKind.of("column", "the name of a column", Form.TEXT, Scalars::notBlank);

    public static final ScalarKind<String> PATH = ScalarKind.of("path", "a path", Form.TEXT, Scalars::notBlank);

    /** The name of a pipeline, stage, connection or the like. */
    public static final ScalarKind<String> NAMED = ScalarKind.of(
                    "name",
                    "letters, digits, _ and -",
                    Form.TEXT,
                    text -> NAME.matcher(text).matches() ? text : null)
            .matching(NAME.pattern());

    public static final ScalarKind<Integer> INTEGER = wholeNumber(0, Integer.MAX_VALUE);

    public static final ScalarKind<Long> COUNT = ScalarKind.of(
            "count",
            "a whole number of 0 or more",
            Form.INTEGER,
            text -> DIGITS.matcher(text).matches() ? Long.valueOf(text) : null);

    /** Exact, of any size that a person would write. */
    public static final ScalarKind<BigDecimal> NUMBER =
            ScalarKind.of("number", "a number, as 0.5", Form.TEXT, Scalars::number);

    public static final ScalarKind<Boolean> BOOLEAN = ScalarKind.of("boolean", "true, false", Form.BOOLEAN, text -> {
        boolean known = text.equals("true") || text.equals("false");
        return known ? Boolean.valueOf(text) : null;
    });

    public static final ScalarKind<Duration> DURATION_OF_TIME = ScalarKind.of(
                    "duration", "a whole number and s, m, h, d or w, as 2h", Form.TEXT, Scalars::duration)
            .matching("\\d{1,9}(s|m|h|d|w)");

    /** Bytes. */
    public static final ScalarKind<Long> SIZE_IN_BYTES = ScalarKind.of(
            "size", "a number and KB, MB, GB, TB, KiB, MiB, GiB or TiB, as 2GB", Form.TEXT, Scalars::size);

    /** 0 to 1. */
    public static final ScalarKind<BigDecimal> SHARE_OF_ROWS =
            ScalarKind.of("share", "a percentage from 0% to 100%, as 30%", Form.TEXT, Scalars::share);

    public static final ScalarKind<Threshold> THRESHOLD = ScalarKind.of(
            "count or share", "a number of rows, as 10, or a percentage, as 1%", Form.TEXT, Scalars::threshold);

    public static final ScalarKind<DataType> TYPE = ScalarKind.of(
            "type",
            "a type, as bigint, decimal(18,2), text, date, timestamp, struct(a bigint), text[]",
            Form.TEXT,
            text -> DataType.parse(text).orElse(null));

    public static final ScalarKind<ZoneId> ZONE =
            ScalarKind.of("time zone", "a zone name, as Europe/Rome or UTC", Form.TEXT, Scalars::zone);

    public static final Kind<Secret> SECRET = new SecretKind();

    private Scalars() {}

    public static ScalarKind<Integer> wholeNumber(int min, int max) {
        String range = max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
        return ScalarKind.of("integer", "a whole number, " + range, Form.INTEGER, text -> {
            if (!WHOLE.matcher(text).matches()) {
                return null;
            }
            long number = Long.parseLong(text);
            return number < min || number > max ? null : (Integer) (int) number;
        });
    }

    public static @Nullable BigDecimal number(String text) {
        return NUMERAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    public static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }

    public static @Nullable Long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String unit = matcher.group(2);
        BigInteger step = BigInteger.valueOf(unit.contains("i") ? 1024 : 1000);
        BigInteger factor = step.pow("BKMGT".indexOf(unit.charAt(0)));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(new BigDecimal(factor));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : (Long) bytes.longValue();
    }

    public static @Nullable BigDecimal share(String text) {
        Matcher matcher = SHARE.matcher(text);
        BigDecimal share = matcher.matches() ? new BigDecimal(matcher.group(1)).movePointLeft(2) : null;
        return share == null || share.compareTo(BigDecimal.ONE) > 0 ? null : share;
    }

    public static @Nullable Threshold threshold(String text) {
        if (DIGITS.matcher(text).matches()) {
            return new Threshold(new BigDecimal(text), false);
        }
        BigDecimal share = share(text);
        return share == null ? null : new Threshold(share, true);
    }

    private static @Nullable ZoneId zone(String text) {
        if (text.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private static @Nullable String notBlank(String text) {
        return text.isBlank() || text.indexOf('\0') >= 0 ? null : text;
    }
}
