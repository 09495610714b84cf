package io.headworks.core.run;

import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run of a pipeline needs for itself.
 *
 * @param dataset the one it writes
 * @param files connections whose file only one run may use at a time
 * @param contested those of them that pipelines of this project write
 */
public record Places(String dataset, TreeSet<String> files, TreeSet<String> contested) {

    public static Places of(Project project, Connectors connectors, PipelineSpec pipeline) {
        TreeSet<String> used = new TreeSet<>();
        used.add(pipeline.connection());
        used.add(pipeline.extract().connection());
        for (DatasetUse use : pipeline.uses()) {
            used.add(Objects.requireNonNull(use.dataset().connection()));
        }
        used.removeIf(name -> {
            var connection = project.connections().get(name);
            return connection == null || !connectors.of(connection).isSingleWriter();
        });
        TreeSet<String> contested = new TreeSet<>(used);
        contested.removeIf(file ->
                project.pipelines().stream().noneMatch(each -> each.connection().equals(file)));
        return new Places(pipeline.writes().toString(), used, contested);
    }

    /** True when all that runs of this process could change of what the pipeline reads is its own table. */
    boolean areOnlyTheTarget(PipelineSpec pipeline) {
        return pipeline.uses().isEmpty()
                && pipeline.extract().model() == null
                && contested.equals(new TreeSet<>(Set.of(pipeline.connection())))
                && !pipeline.extract().connection().equals(pipeline.connection());
    }

    /** Names under which others find out whether they need the same. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        names.add("dataset " + dataset);
        files.forEach(file -> names.add("file " + file));
        return names;
    }
}
