package io.headworks.cli.crash;

import io.headworks.api.run.FailPoint;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the command line wants of a suite: {@code -Dcrash.target=duckdb,parquet}, {@code -Dcrash.points=K13,K17}, and
 * {@code -Dcrash.part=2/5} for every fifth combination from the second on, so that a suite of hours can be run in pieces.
 */
record Chosen(List<String> targets, List<String> points, int part, int parts) {
    Chosen {
        targets = List.copyOf(targets);
        points = List.copyOf(points);
        if (part < 1 || part > parts || !Combination.TARGETS.containsAll(targets)) {
            throw new IllegalArgumentException("Cannot choose part " + part + " of " + parts + " on " + targets
                    + " (targets: " + Combination.TARGETS + ")");
        }
        points.forEach(FailPoint::valueOf);
    }

    static Chosen fromCommandLine() {
        String[] part = System.getProperty("crash.part", "1/1").split("/");
        return new Chosen(
                list("crash.target"), list("crash.points"), Integer.parseInt(part[0]), Integer.parseInt(part[1]));
    }

    /** Never empty: a suite that looks at nothing must not be green. */
    List<Combination> of(List<Combination> all) {
        List<Combination> wanted = all.stream()
                .filter(each -> targets.isEmpty() || targets.contains(each.target()))
                .toList();
        List<Combination> mine = IntStream.range(0, wanted.size())
                .filter(number -> number % parts == part - 1)
                .mapToObj(wanted::get)
                .toList();
        if (mine.isEmpty()) {
            throw new IllegalArgumentException("Cannot test " + this + ": it has no combination");
        }
        return mine;
    }

    boolean wants(FailPoint point) {
        return points.isEmpty() || points.contains(point.name());
    }

    private static List<String> list(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }
}
