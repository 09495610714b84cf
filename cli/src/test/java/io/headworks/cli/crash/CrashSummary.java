package io.headworks.cli.crash;

import io.headworks.api.run.FailPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The matrix as people read it: cells and those equal to a never-killed run, and why others cannot be reached. */
final class CrashSummary {
    private CrashSummary() {}

    /** @param problems of the cells, in their order */
    static String of(List<Rehearsal> rehearsals, List<CrashCell> cells, List<Optional<String>> problems) {
        Map<Combination, int[]> counts = new LinkedHashMap<>();
        rehearsals.forEach(rehearsal -> counts.put(rehearsal.combination(), new int[2]));
        for (int i = 0; i < cells.size(); i++) {
            int[] count = counts.get(cells.get(i).rehearsal().combination());
            count[0]++;
            count[1] += problems.get(i).isEmpty() ? 1 : 0;
        }
        List<String> lines = new ArrayList<>(List.of(line("combination", "cells", "equal", "points out of reach")));
        Map<String, Integer> reasons = new TreeMap<>();
        counts.forEach((combination, count) -> {
            int unreachable = 0;
            for (FailPoint point : FailPoint.values()) {
                Optional<String> reason = Unreachable.reason(combination, point);
                reason.ifPresent(why -> reasons.merge(point + ": " + why, 1, Integer::sum));
                unreachable += reason.isPresent() ? 1 : 0;
            }
            lines.add(line(combination, count[0], count[1], unreachable));
        });
        long equal = problems.stream().filter(Optional::isEmpty).count();
        lines.add(line(
                "all",
                cells.size(),
                equal,
                reasons.values().stream().mapToInt(Integer::intValue).sum()));
        reasons.forEach((reason, times) -> lines.add(times + " out of reach, " + reason));
        return String.join("\n", lines);
    }

    private static String line(Object... cells) {
        return String.format("%-34s %6s %6s %20s", cells);
    }
}
