package io.headworks.cli;

import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.service.Memory;
import io.headworks.core.service.Secrets;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** One command line under way: its shared options, its console, and the project it means. */
final class Invocation {
    private final HwCommand options;
    private final Console console;
    private final Setup setup;

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
        return new Memory(setup, workspace());
    }

    /** The project with its problems; from here on its secrets are masked in all that is printed. */
    LoadedProject load() {
        return load(options.environment);
    }

    /** The same for another environment than the one asked for; null is the default one. */
    LoadedProject load(@Nullable String environment) {
        return load(new ProjectLoader(setup.connectors().all(), setup.engines()::inspector), environment);
    }

    private LoadedProject load(ProjectLoader loader, @Nullable String environment) {
        LoadedProject loaded = loader.load(folder(), environment, options.variables);
        Project project = loaded.project();
        if (project != null) {
            options.secrets.addAll(Secrets.of(project));
            options.masker = new Masker(options.secrets);
        }
        return loaded;
    }

    /**
     * The project.
     *
     * @throws BrokenProject when it has errors
     */
    Project project() {
        return whole(load());
    }

    /**
     * The project for a command that looks at data: its SQL is not looked at, so its graph is not known.
     *
     * @throws BrokenProject when something else than its SQL has errors
     */
    Project projectToLookAtData() {
        return whole(load(ProjectLoader.withoutSql(setup.connectors().all()), options.environment));
    }

    private static Project whole(LoadedProject loaded) {
        Project project = loaded.project();
        if (project == null) {
            throw new BrokenProject(loaded.problems());
        }
        return project;
    }
}
