package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.service.Choice;
import io.headworks.core.service.Selection;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.List;

/** The pipelines a command line means. */
final class Chosen {

    private Chosen() {}

    /**
     * For a command that does what it can.
     *
     * @param allWhenNone whether naming none means all of them
     */
    static Choice choice(Project project, List<String> selected, List<String> excluded, boolean allWhenNone) {
        if (selected.isEmpty() && !allWhenNone) {
            String names = String.join(
                    ", ", project.pipelines().stream().map(PipelineSpec::name).toList());
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot choose pipelines: none named (there are " + names + ")",
                    "name some, or use --all");
        }
        return new Selection(project).choice(selected, excluded);
    }

    /**
     * For a command that does it for all or for none.
     *
     * @throws HeadworksException when something that is meant is refused
     */
    static List<PipelineSpec> of(Project project, List<String> selected, List<String> excluded, boolean allWhenNone) {
        Choice choice = choice(project, selected, excluded, allWhenNone);
        if (!choice.refused().isEmpty()) {
            throw choice.refused().values().iterator().next().exception();
        }
        return choice.pipelines();
    }
}
