package io.headworks.cli.crash;

import io.headworks.api.run.FailPoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One passing of a fail-point by a run.
 *
 * @param number 1 is the first
 * @param committed whether the target's COMMIT was done by then
 */
record Passing(FailPoint point, int number, boolean committed) {

    /** The first and the last passing of each point in a trace. */
    static List<Passing> firstAndLast(String trace) {
        Map<FailPoint, Integer> passed = new EnumMap<>(FailPoint.class);
        List<Passing> all = new ArrayList<>();
        for (String line : trace.lines().toList()) {
            FailPoint point = FailPoint.valueOf(line);
            all.add(new Passing(point, passed.merge(point, 1, Integer::sum), passed.containsKey(FailPoint.K17)));
        }
        return all.stream()
                .filter(each -> each.number == 1 || each.number == passed.get(each.point))
                .toList();
    }

    /** The status that the next start gives to a run killed here. */
    String statusOfKilled() {
        if (point == FailPoint.K20) {
            return "success";
        }
        return committed ? "partial" : "failed";
    }

    /** For the system property that arms it. */
    @Override
    public String toString() {
        return point + ":" + number;
    }
}
