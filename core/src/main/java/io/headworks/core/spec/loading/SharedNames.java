package io.headworks.core.spec.loading;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.descriptor.Problems;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds different checks of one table that are called alike. Results and incidents are known by the name: the one that
 * passes would close the incident of the one that fails, and what it holds would go on.
 */
final class SharedNames {
    private final Problems problems;
    private final Map<String, Seen> seen = new HashMap<>();

    private SharedNames(Problems problems) {
        this.problems = problems;
    }

    private record Seen(Check check, Place place) {}

    static void report(
            List<PipelineSpec> pipelines, List<CheckFile> checkFiles, List<Contract> contracts, Problems problems) {
        SharedNames names = new SharedNames(problems);
        for (PipelineSpec pipeline : pipelines) {
            List<Check> gates = Stream.of(pipeline.preLoad(), pipeline.postLoad())
                    .flatMap(Collection::stream)
                    .toList();
            names.look(pipeline.writes(), gates, pipeline.place());
        }
        for (CheckFile file : checkFiles) {
            names.look(file.table(), file.checks(), file.place());
        }
        for (Contract contract : contracts) {
            names.look(contract.table(), contract.asCheckFile().checks(), contract.place());
        }
    }

    private void look(DatasetName table, List<Check> checks, Place place) {
        for (Check check : checks) {
            Seen first = seen.putIfAbsent(table + "\n" + check.name(), new Seen(check, place));
            if (first != null && !isSame(first.check(), check)) {
                problems.warning(
                        place,
                        "shared-check-name",
                        "Check '" + check.name() + "' of " + table + " is called like another, " + first.place()
                                + ": each counts as the past of the other, and closes its incident",
                        "give one of them a name: …");
            }
        }
    }

    private static boolean isSame(Check a, Check b) {
        return a.rule().equals(b.rule())
                && Objects.equals(a.where(), b.where())
                && a.warnAbove().equals(b.warnAbove())
                && a.failAbove().equals(b.failAbove());
    }
}
