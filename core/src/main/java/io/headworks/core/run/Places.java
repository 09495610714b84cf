package io.headworks.core.run;

import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What a run of a pipeline needs for itself.
 *
 * @param dataset the one it writes
 * @param files connections whose file only one run may use at a time
 */
public record Places(String dataset, TreeSet<String> files) {

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
        return new Places(pipeline.writes().toString(), used);
    }

    /** Names under which others find out whether they need the same. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        names.add("dataset " + dataset);
        files.forEach(file -> names.add("file " + file));
        return names;
    }
}
