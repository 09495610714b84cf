package io.headworks.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages of a run one after the other, as wide as they took long. */
public record TimeLine(List<Bar> bars, int width, int height) {
    private static final int WIDTH = 640;
    private static final int NAMES = 230;
    private static final int ROW = 24;

    public TimeLine {
        bars = List.copyOf(bars);
    }

    /** A stage, placed. */
    public record Bar(double x, int y, double width, String name, String title) {}

    static TimeLine of(List<Map<String, @Nullable Object>> stages) {
        double whole = stages.stream().mapToDouble(TimeLine::seconds).sum();
        List<Bar> bars = new ArrayList<>();
        double passed = 0;
        for (Map<String, @Nullable Object> stage : stages) {
            double share = whole == 0 ? 0 : seconds(stage) / whole;
            String name = Documents.text(stage, "name") + " (" + Documents.text(stage, "detail") + ")";
            bars.add(new Bar(
                    Math.round(NAMES + (whole == 0 ? 0 : passed / whole) * (WIDTH - NAMES)),
                    bars.size() * ROW,
                    Math.max(2, Math.round(share * (WIDTH - NAMES))),
                    name.length() > 32 ? name.substring(0, 31) + "…" : name,
                    name + ": " + Show.seconds(seconds(stage))));
            passed += seconds(stage);
        }
        return new TimeLine(bars, WIDTH, Math.max(ROW, bars.size() * ROW));
    }

    private static double seconds(Map<String, @Nullable Object> stage) {
        return stage.get("seconds") instanceof Number number ? number.doubleValue() : 0;
    }
}
