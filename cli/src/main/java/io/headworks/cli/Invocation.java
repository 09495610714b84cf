package io.headworks.cli;

import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.service.Memory;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Secrets;
import io.headworks.core.service.Setup;
import io.headworks.core.service.SourceListing;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** One command line under way: its shared options, its console, and the project it means. */
final class Invocation {
    private final HwCommand options;
    private final Console console;
    private final Setup setup;
    private @Nullable SourceListing sources;

    private Invocation(HwCommand options, Console console, Setup setup) {
        this.options = options;
        this.console = console;
        this.setup = setup;
    }

    static Invocation of(CommandSpec spec) {
        HwCommand options = (HwCommand) spec.root().userObject();
        return new Invocation(options, Console.of(spec, options), Assembly.setup());
    }

    Console console() {
        return console;
    }

    Setup setup() {
        return setup;
    }

    HwCommand options() {
        return options;
    }

    Path folder() {
        return options.projectFolder();
    }

    Workspace workspace() {
        return Workspace.of(folder());
    }

    Memory memory() {
        return new Memory(state(), workspace(), setup.clock());
    }

    /** Where the state is; once that is known, its secrets are masked in all that is printed. */
    ProjectState state() {
        return new ProjectState(setup, folder(), this::mask);
    }

    private void mask(Set<String> secrets) {
        options.secrets.addAll(secrets);
        options.masker = new Masker(options.secrets);
    }

    /** The project as its files say, with its problems: no source is asked. From here on its secrets are masked in all that is printed. */
    LoadedProject load() {
        return load(options.environment);
    }

    /** The same for another environment than the one asked for; null is the default one. */
    LoadedProject load(@Nullable String environment) {
        return load(new ProjectLoader(setup.connectors().all(), setup.engines()::inspector), environment);
    }

    private LoadedProject load(ProjectLoader loader, @Nullable String environment) {
        return load(loader, environment, options.variables);
    }

    private LoadedProject load(ProjectLoader loader, @Nullable String environment, Map<String, String> variables) {
        LoadedProject loaded = loader.load(folder(), environment, variables);
        Project project = loaded.project();
        if (project != null) {
            mask(Secrets.of(project));
        }
        return loaded;
    }

    /**
     * The project; sources are asked for the tables of pipelines of many tables.
     *
     * @throws BrokenProject when it has errors
     */
    Project project() {
        return project(Map.of());
    }

    /**
     * The project as its files say: pipelines of many tables have none.
     *
     * @throws BrokenProject when it has errors
     */
    Project projectOfFiles() {
        return whole(load());
    }

    /** The same for another environment than the one asked for. */
    Project projectOfFiles(String environment) {
        return whole(load(environment));
    }

    /** The project with other values of some variables. */
    Project project(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(options.variables);
        all.putAll(variables);
        ProjectLoader loader =
                new ProjectLoader(setup.connectors().all(), setup.engines()::inspector).asking(sources());
        return whole(load(loader, options.environment, all));
    }

    /** The project and a file that is nowhere on the disk. */
    Project projectWith(String file, String text) {
        ProjectLoader loader = new ProjectLoader(setup.connectors().all(), setup.engines()::inspector)
                .asking(sources())
                .adding(file, text);
        return whole(load(loader, options.environment));
    }

    private SourceListing sources() {
        SourceListing asked = sources;
        if (asked == null) {
            asked = new SourceListing(setup, workspace());
            sources = asked;
        }
        return asked;
    }

    /**
     * The project for a command that looks at data: its SQL is not looked at, so its graph is not known.
     *
     * @throws BrokenProject when something else than its SQL has errors
     */
    Project projectToLookAtData() {
        return whole(load(ProjectLoader.withoutSql(setup.connectors().all()), options.environment));
    }

    /** The same for another environment than the one asked for. */
    Project projectToLookAtData(String environment) {
        return whole(load(ProjectLoader.withoutSql(setup.connectors().all()), environment));
    }

    private static Project whole(LoadedProject loaded) {
        Project project = loaded.project();
        if (project == null) {
            throw new BrokenProject(loaded.problems());
        }
        return project;
    }
}
