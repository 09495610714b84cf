package io.headworks.core.spec;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project, resolved for one environment. Lists and maps keep a stable order: pipelines by name, the rest as written.
 *
 * @param id the UUID that names the project in ledgers
 * @param environment the one it is resolved for
 * @param connections by name, as this environment has them
 * @param external datasets that come from outside, with connections where they were written with one
 * @param lintOff rules that {@code hw lint} leaves out
 * @param sensitive texts that must be masked wherever something is printed, logged, stored or sent
 */
public record Project(
        String name,
        String id,
        Path folder,
        Environment environment,
        List<Environment> environments,
        Map<String, Variable> variables,
        Map<String, Connection> connections,
        List<DatasetName> external,
        Map<String, AlertChannel> alertChannels,
        List<PipelineSpec> pipelines,
        List<CheckFile> checkFiles,
        Graph graph,
        Set<LintRule> lintOff,
        Set<String> sensitive) {

    public Project {
        environments = List.copyOf(environments);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
        external = List.copyOf(external);
        alertChannels = Collections.unmodifiableMap(new LinkedHashMap<>(alertChannels));
        pipelines = List.copyOf(pipelines);
        checkFiles = List.copyOf(checkFiles);
        lintOff = Set.copyOf(lintOff);
        sensitive = Set.copyOf(sensitive);
    }

    public Optional<PipelineSpec> pipeline(String pipelineName) {
        return pipelines.stream()
                .filter(each -> each.name().equals(pipelineName))
                .findFirst();
    }

    /** The pipeline that writes a dataset. */
    public Optional<PipelineSpec> producer(DatasetName dataset) {
        return pipelines.stream().filter(each -> each.writes().equals(dataset)).findFirst();
    }

    /** Sensitive texts do not appear. */
    @Override
    public String toString() {
        return name + " (" + pipelines.size() + " pipelines, environment " + environment.name() + ")";
    }
}
