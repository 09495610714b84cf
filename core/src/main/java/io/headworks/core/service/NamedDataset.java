package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.Project;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Datasets as people name them on a command line, where a connection may be left out that can be no other. */
final class NamedDataset {
    private final Project project;

    NamedDataset(Project project) {
        this.project = project;
    }

    /**
     * The dataset with its connection: the one of the pipeline that writes it, or the only folder that has such a file.
     *
     * @param verb for messages, such as {@code preview}
     * @param written {@code connection:table}, {@code connection:path}, or one of both without connection
     */
    DatasetName of(String verb, String written) {
        DatasetName dataset = DatasetName.parse(written);
        if (dataset.connection() != null) {
            return dataset;
        }
        List<DatasetName> candidates = candidates(dataset);
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                candidates.isEmpty()
                        ? "Cannot " + verb + " " + written
                                + ": no pipeline writes it, and no connection has such a file"
                        : "Cannot " + verb + " " + written + ": several connections have it (" + candidates + ")",
                "write connection:table or connection:path (connections: "
                        + String.join(", ", project.connections().keySet()) + ")");
    }

    private List<DatasetName> candidates(DatasetName written) {
        List<DatasetName> candidates = new ArrayList<>();
        project.pipelines().stream()
                .map(pipeline -> pipeline.writes())
                .filter(writes -> writes.table().equals(written.table())
                        || writes.table().equals(project.environment().place(written.table())))
                .forEach(candidates::add);
        if (candidates.isEmpty()) {
            candidates.addAll(project.ofManyTables(written.table()));
        }
        if (candidates.isEmpty()) {
            project.connections().values().stream()
                    .filter(connection -> connection.type().equals("files"))
                    .filter(connection -> Files.exists(
                            connection.path("path").resolve(written.table().toString())))
                    .forEach(connection -> candidates.add(written.in(connection.name())));
        }
        return candidates;
    }
}
