package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.file.FileTree;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A project as it was at a revision in git. */
final class ProjectAtRevision {
    private final Setup setup;
    private final Project project;
    private final Map<String, String> variables;

    /** @param variables values of {@code --var} */
    ProjectAtRevision(Setup setup, Project project, Map<String, String> variables) {
        this.setup = setup;
        this.project = project;
        this.variables = variables;
    }

    /** @throws HeadworksException of kind PROJECT when there is no such revision, or its files are no project */
    Project of(String revision) {
        Path folder = temporary();
        try {
            new ChangedFiles(project.folder()).exportTo(folder, revision);
            LoadedProject loaded = new ProjectLoader(setup.connectors().all(), setup.engines()::inspector)
                    .load(folder, project.environment().name(), variables);
            Project then = loaded.project();
            if (then == null) {
                String first = loaded.problems().stream()
                        .filter(Problem::isError)
                        .findFirst()
                        .map(Problem::toString)
                        .orElse("it has errors");
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare with " + revision + ": the project could not be read then: " + first,
                        "name a revision whose files hw validate accepts");
            }
            return then;
        } finally {
            remove(folder);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("hw-revision").toRealPath();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot make a temporary folder: " + IoReason.of(failed), null, failed);
        }
    }

    private static void remove(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot remove " + folder + ": " + IoReason.of(failed), null, failed);
        }
    }
}
