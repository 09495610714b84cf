package io.headworks.server.page;

import io.headworks.core.state.RunLines.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last runs of a pipeline as bars, oldest first, as high as they took long.
 *
 * @param longest what the highest bar stands for
 */
public record Strip(List<Bar> bars, int width, int height, String longest) {
    private static final int SMALLEST = 3;

    public Strip {
        bars = List.copyOf(bars);
    }

    /** A run, placed. */
    public record Bar(double x, double y, double width, double height, String status, String title, String href) {}

    /**
     * Draws.
     *
     * @param newestFirst as lists come
     * @param step from bar to bar
     */
    static Strip of(List<Line> newestFirst, int step, int height) {
        List<Line> runs = new ArrayList<>(newestFirst);
        Collections.reverse(runs);
        double longest = runs.stream().mapToDouble(Strip::taken).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (Line run : runs) {
            double share = longest == 0 ? 0 : taken(run) / longest;
            double high = SMALLEST + share * (height - SMALLEST);
            bars.add(new Bar(
                    bars.size() * step,
                    rounded(height - high),
                    step - 2,
                    rounded(high),
                    run.status(),
                    run.status() + ", " + Show.time(run.startedAt()) + " UTC, " + Show.seconds(run.seconds()),
                    Show.run(run.runId())));
        }
        return new Strip(bars, Math.max(step, bars.size() * step), height, Show.seconds(longest));
    }

    private static double taken(Line run) {
        Double seconds = run.seconds();
        return seconds == null ? 0 : seconds;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
