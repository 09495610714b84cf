package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.List;

/** The pipelines a command line names. */
final class Choice {

    private Choice() {}

    static List<PipelineSpec> of(Project project, List<String> names, boolean all) {
        if (all || names.isEmpty()) {
            if (!all) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot choose pipelines: none named (there are " + names(project) + ")",
                        "name some, or use --all");
            }
            return project.pipelines();
        }
        List<PipelineSpec> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(project.pipeline(name)
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot find pipeline '" + name + "' (there are " + names(project) + ")")));
        }
        return chosen;
    }

    private static String names(Project project) {
        return String.join(", ", project.pipelines().stream().map(PipelineSpec::name).toList());
    }
}
