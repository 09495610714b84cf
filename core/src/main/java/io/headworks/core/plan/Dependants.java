package io.headworks.core.plan;

import io.headworks.api.transform.Operation.Lookup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.List;

/** The facts that hang on a table with history: what other pipelines take from it and want corrected. */
public final class Dependants {

    private Dependants() {}

    /** In the order of the project. */
    public static List<Rekey> of(Project project, PipelineSpec dimension) {
        List<Rekey> rekeys = new ArrayList<>();
        for (PipelineSpec facts : project.pipelines()) {
            facts.stages().stream()
                    .flatMap(stage -> stage.operations().stream())
                    .filter(Lookup.class::isInstance)
                    .map(Lookup.class::cast)
                    .filter(lookup -> lookup.rekey() != null && leadsTo(dimension, facts, lookup))
                    .forEach(lookup -> rekeys.add(new Rekey(facts.name(), facts.load(), lookup)));
        }
        return rekeys;
    }

    private static boolean leadsTo(PipelineSpec dimension, PipelineSpec facts, Lookup lookup) {
        return facts.uses().stream()
                .anyMatch(use ->
                        use.written().equals(lookup.table()) && use.dataset().equals(dimension.writes()));
    }
}
