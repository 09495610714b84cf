package io.headworks.core.service;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.lineage.ProjectChanges;
import io.headworks.core.lineage.ProjectLineage;
import io.headworks.core.lineage.SourceColumns;
import io.headworks.core.spec.Project;
import java.util.Map;

/** Compares a project with what it was at a revision in git. */
public final class ChangesSince {
    private final Setup setup;
    private final Project project;
    private final Map<String, String> variables;
    private final SourceColumns sources;

    /** @param variables values of {@code --var}, which count for both */
    public ChangesSince(Setup setup, Project project, Map<String, String> variables, SourceColumns sources) {
        this.setup = setup;
        this.project = project;
        this.variables = variables;
        this.sources = sources;
    }

    /** @throws HeadworksException of kind PROJECT when there is no such revision, or its files are no project */
    public ProjectChanges of(String revision) {
        Project then = new ProjectAtRevision(setup, project, variables).of(revision);
        try (SelectReader reader = setup.engines().selects()) {
            return ProjectChanges.between(
                    ProjectLineage.of(then, reader, sources),
                    ProjectLineage.of(project, reader, sources),
                    new ChangedFiles(project.folder()).since(revision));
        }
    }
}
