package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.failure.IoReason;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads project folders: every YAML file, every problem, in one pass. Problems are values; nothing is thrown for what a
 * user wrote.
 */
public final class ProjectLoader {
    private final ConnectionTypes types;
    private final Supplier<SqlInspector> inspector;
    private final UnaryOperator<@Nullable String> environmentVariables;
    private final @Nullable SourceTables sources;
    private final Map<String, String> unsaved;
    private final Map<String, String> added;

    /** @param inspector asked once, and only when there is SQL to read; closed after use */
    public ProjectLoader(List<Connector> connectors, Supplier<SqlInspector> inspector) {
        this(connectors, inspector, System::getenv);
    }

    /** @param environmentVariables looks up {@code ${env:NAME}}; null when it is not set */
    public ProjectLoader(
            List<Connector> connectors,
            Supplier<SqlInspector> inspector,
            UnaryOperator<@Nullable String> environmentVariables) {
        this(new ConnectionTypes(connectors), inspector, environmentVariables, null, Map.of(), Map.of());
    }

    private ProjectLoader(
            ConnectionTypes types,
            Supplier<SqlInspector> inspector,
            UnaryOperator<@Nullable String> environmentVariables,
            @Nullable SourceTables sources,
            Map<String, String> unsaved,
            Map<String, String> added) {
        this.types = types;
        this.inspector = inspector;
        this.environmentVariables = environmentVariables;
        this.sources = sources;
        this.unsaved = unsaved;
        this.added = added;
    }

    /** The same, asking sources for the tables of pipelines of many tables; without it such pipelines are read, and have none. */
    public ProjectLoader asking(SourceTables tables) {
        return new ProjectLoader(types, inspector, environmentVariables, tables, unsaved, added);
    }

    /**
     * The same with other texts for some files, as an editor has them before they are saved.
     *
     * @param texts by path relative to the project's folder, with {@code /}
     */
    public ProjectLoader over(Map<String, String> texts) {
        return new ProjectLoader(types, inspector, environmentVariables, sources, Map.copyOf(texts), added);
    }

    /** The same with a file that is nowhere on the disk: what a command line says in the words of files. */
    public ProjectLoader adding(String name, String text) {
        return new ProjectLoader(types, inspector, environmentVariables, sources, unsaved, Map.of(name, text));
    }

    /**
     * Reads projects without a look at their SQL, for commands that look at data and start faster so: what SQL reads is then
     * no use of a dataset and no edge of the graph.
     */
    public static ProjectLoader withoutSql(List<Connector> connectors) {
        return new ProjectLoader(connectors, UnreadSql::new);
    }

    /**
     * Reads a folder.
     *
     * @param environment the one to resolve for; null for the default
     * @param variables values of {@code --var}, over those of files
     */
    public LoadedProject load(Path folder, @Nullable String environment, Map<String, String> variables) {
        Path root = folder.toAbsolutePath().normalize();
        Problems problems = new Problems();
        try {
            List<FolderFiles.YamlFile> files = new FolderFiles(root).read(unsaved);
            if (files.stream().noneMatch(file -> file.name().equals(HeadReader.FILE))) {
                return failed(
                        "there is no " + HeadReader.FILE + " in " + root,
                        "run hw init, or name the folder with --project");
            }
            Placeholders placeholders = new Placeholders(root, environmentVariables);
            ProjectFiles projectFiles = new ProjectFiles(root, unsaved);
            DocumentFormat format = new DocumentFormat(types);
            Documents documents = new Documents(format, projectFiles, placeholders, problems);
            files.forEach(documents::add);
            added.forEach((name, text) -> documents.add(FolderFiles.of(name, text)));
            ProjectHead head = new HeadReader(documents.head(), types, format, projectFiles, problems, placeholders)
                    .read(environment, variables);
            List<String> models = ModelFiles.below(root);
            return new Assembly(head, documents, projectFiles, problems, inspector, sources, models).project(root);
        } catch (IOException unreadable) {
            return failed(root + ": " + IoReason.of(unreadable), "name the project's folder with --project");
        }
    }

    private static LoadedProject failed(String reason, @Nullable String hint) {
        return new LoadedProject(
                null,
                List.of(Problem.error(
                        Place.of(HeadReader.FILE), "no-project", "Cannot read the project: " + reason, hint)));
    }
}
