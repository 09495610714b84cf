package io.headworks.server.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as pages show them. */
public final class Show {
    private static final int SHORT_ID = 13;

    private Show() {}

    /** {@code 2024-03-01 12:00:00}; empty for none. */
    public static String time(@Nullable String iso) {
        return iso == null ? "" : iso.length() < 19 ? iso : iso.substring(0, 19).replace('T', ' ');
    }

    /** {@code 0.25 s}, {@code 3 min 20 s}, {@code 2 h 5 min}; empty for none. */
    public static String seconds(@Nullable Double seconds) {
        if (seconds == null) {
            return "";
        } else if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
        }
        Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** {@code 1,234,567}; empty for none. */
    public static String number(@Nullable Object value) {
        return value instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : "";
    }

    /** How long ago, in its largest unit. */
    public static String ago(@Nullable String iso, Instant now) {
        if (iso == null || iso.isEmpty()) {
            return "";
        }
        Duration passed = Duration.between(Instant.parse(iso), now);
        if (passed.toDays() > 1) {
            return passed.toDays() + " days ago";
        } else if (passed.toHours() > 1) {
            return passed.toHours() + " hours ago";
        } else if (passed.toMinutes() > 1) {
            return passed.toMinutes() + " minutes ago";
        }
        return "just now";
    }

    /** The beginning of a run's id, long enough to tell runs apart. */
    public static String id(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    /** A text as a part of a path or query. */
    public static String url(@Nullable String text) {
        return text == null
                ? ""
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static String pipeline(String name) {
        return "/pipelines/" + url(name);
    }

    public static String run(String id) {
        return "/runs/" + url(id);
    }

    public static String dataset(String name) {
        return "/dataset?name=" + url(name);
    }
}
