package io.headworks.cli.crash;

import io.headworks.api.run.FailPoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One passing of a fail-point by a run.
 *
 * @param number 1 is the first
 * @param reached how far the run was by then
 */
record Passing(FailPoint point, int number, Reached reached) {

    enum Reached {
        NOTHING,
        /** There is a record of the run, which says that it is under way. */
        STARTED,
        /** The target's COMMIT is done. */
        COMMITTED,
        /** The record says how it ended. */
        RECORDED
    }

    /** The first and the last passing of each point in a trace. */
    static List<Passing> firstAndLast(String trace) {
        Map<FailPoint, Integer> passed = new EnumMap<>(FailPoint.class);
        List<Passing> all = new ArrayList<>();
        for (String line : trace.lines().toList()) {
            FailPoint point = FailPoint.valueOf(line);
            int number = passed.merge(point, 1, Integer::sum);
            all.add(new Passing(point, number, reached(passed.keySet())));
        }
        return all.stream()
                .filter(each -> each.number == 1 || each.number == passed.get(each.point))
                .toList();
    }

    private static Reached reached(Set<FailPoint> passed) {
        if (passed.contains(FailPoint.K20)) {
            return Reached.RECORDED;
        } else if (passed.contains(FailPoint.K17)) {
            return Reached.COMMITTED;
        }
        return passed.contains(FailPoint.K3) ? Reached.STARTED : Reached.NOTHING;
    }

    /** The status that the next start gives to a run killed here; none where nobody knows of it. */
    List<String> statusOfKilled() {
        return switch (reached) {
            case NOTHING -> List.of();
            case STARTED -> List.of("failed");
            case COMMITTED -> List.of("partial");
            case RECORDED -> List.of("success");
        };
    }

    /** From BEGIN in the target to the end: what comes before is the same for every target. */
    boolean isInTarget() {
        return point.compareTo(FailPoint.K12) >= 0;
    }

    /** Between BEGIN and COMMIT. */
    boolean isInLoad() {
        return List.of(FailPoint.K12, FailPoint.K13, FailPoint.K14, FailPoint.K15, FailPoint.K16)
                .contains(point);
    }

    /** For the system property that arms it. */
    @Override
    public String toString() {
        return point + ":" + number;
    }
}
