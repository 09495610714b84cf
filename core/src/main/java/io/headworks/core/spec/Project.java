package io.headworks.core.spec;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project, resolved for one environment. Lists and maps keep a stable order: pipelines by name, the rest as written.
 *
 * @param id the UUID that names the project in ledgers
 * @param environment the one it is resolved for
 * @param elsewhere where tables are read that are not there; null for nowhere
 * @param connections by name, as this environment has them
 * @param external datasets that come from outside, with connections where they were written with one
 * @param groups pipelines of many tables, whose tables are among the pipelines
 * @param lintOff rules that {@code hw lint} leaves out
 * @param sensitive texts that must be masked wherever something is printed, logged, stored or sent
 */
public record Project(
        String name,
        String id,
        Path folder,
        Environment environment,
        @Nullable Elsewhere elsewhere,
        List<Environment> environments,
        Map<String, Variable> variables,
        Map<String, Connection> connections,
        List<DatasetName> external,
        Map<String, AlertChannel> alertChannels,
        List<PipelineSpec> pipelines,
        List<TableGroup> groups,
        List<CheckFile> checkFiles,
        Contracts contracts,
        List<LoadTest> tests,
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
        groups = List.copyOf(groups);
        checkFiles = List.copyOf(checkFiles);
        tests = List.copyOf(tests);
        lintOff = Set.copyOf(lintOff);
        sensitive = Set.copyOf(sensitive);
    }

    public Optional<PipelineSpec> pipeline(String pipelineName) {
        return pipelines.stream()
                .filter(each -> each.name().equals(pipelineName))
                .findFirst();
    }

    /** Where a table is that a pipeline of many tables may have written; several when several may. */
    public List<DatasetName> ofManyTables(TableName table) {
        return groups.stream()
                .map(group -> new DatasetName(group.target(), table))
                .filter(dataset -> groups.stream().anyMatch(group -> group.mayWrite(dataset)))
                .map(dataset -> new DatasetName(dataset.connection(), environment.place(table)))
                .distinct()
                .toList();
    }

    /** What is checked apart from loads: check files, then contracts. */
    public List<CheckFile> checkedTables() {
        return Stream.concat(checkFiles.stream(), contracts.current().stream().map(Contract::asCheckFile))
                .toList();
    }

    /** The same with other connections. */
    public Project connected(Map<String, Connection> others) {
        return new Project(
                name,
                id,
                folder,
                environment,
                elsewhere,
                environments,
                variables,
                others,
                external,
                alertChannels,
                pipelines,
                groups,
                checkFiles,
                contracts,
                tests,
                graph,
                lintOff,
                sensitive);
    }

    /** What variables stand for, as far as anybody may know. */
    public Map<String, String> shownVariables() {
        Map<String, String> shown = new LinkedHashMap<>();
        variables.values().forEach(variable -> {
            if (variable.value() != null && !variable.secret()) {
                shown.put(variable.name(), variable.value());
            }
        });
        return shown;
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
