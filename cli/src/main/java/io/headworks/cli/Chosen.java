package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.service.Selection;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.List;

/** The pipelines a command line means. */
final class Chosen {

    private Chosen() {}

    /** @param allWhenNone whether naming none means all of them */
    static List<PipelineSpec> of(Project project, List<String> selected, List<String> excluded, boolean allWhenNone) {
        if (selected.isEmpty() && !allWhenNone) {
            String names = String.join(
                    ", ", project.pipelines().stream().map(PipelineSpec::name).toList());
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot choose pipelines: none named (there are " + names + ")",
                    "name some, or use --all");
        }
        Selection selection = new Selection(project);
        if (selected.isEmpty() && excluded.isEmpty()) {
            return selection.all();
        }
        return selection.choose(selected.isEmpty() ? List.of("*") : selected, excluded);
    }
}
