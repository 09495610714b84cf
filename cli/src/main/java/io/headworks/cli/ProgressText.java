package io.headworks.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A look at a run, in words: a bar for a terminal, a sentence for a log. */
final class ProgressText {
    /** A line that wraps could not be drawn over. */
    private static final int WIDTH = 79;

    private static final int CELLS = 20;

    private ProgressText() {}

    /** {@code flights  load  ███████░░░  42 %  1,200,000 rows/s  8 s left}. */
    static String bar(RunWatch.Look look) {
        Double fraction = look.fraction();
        String done = fraction == null
                ? String.format(Locale.ROOT, "%.0f s", look.seconds())
                : cells(fraction) + String.format(Locale.ROOT, " %3.0f %%", Math.floor(100 * fraction));
        String text = Stream.of(look.pipeline(), look.stage(), done, speed(look), left(look))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }

    /** {@code flights: load since 20 s, 42 %, 1,200,000 rows/s, 8 s left}. */
    static String sentence(RunWatch.Look look) {
        String percent =
                look.fraction() == null ? "" : String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * look.fraction()));
        return look.pipeline() + ": "
                + Stream.of(look.stage() + " for " + time(look.seconds()), percent, speed(look), left(look))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String cells(double fraction) {
        int full = (int) (fraction * CELLS);
        return "█".repeat(full) + "░".repeat(CELLS - full);
    }

    private static String speed(RunWatch.Look look) {
        if (look.rowsPerSecond() != null) {
            return String.format(Locale.ROOT, "%,.0f rows/s", look.rowsPerSecond());
        }
        return look.bytesPerSecond() == null
                ? ""
                : String.format(Locale.ROOT, "%,.1f MB/s", look.bytesPerSecond() / 1e6);
    }

    private static String left(RunWatch.Look look) {
        @Nullable Double left = look.secondsLeft();
        return left == null ? "" : time(Math.ceil(left)) + " left";
    }

    private static String time(double seconds) {
        long whole = (long) seconds;
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
}
