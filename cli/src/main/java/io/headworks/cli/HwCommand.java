package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.secret.Masker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code hw} without a command: the options that all commands share, and the help. */
@Command(
        name = "hw",
        description = "Loads, checks and records data.",
        versionProvider = HwCommand.CurrentVersion.class,
        sortOptions = false)
final class HwCommand implements Callable<Integer> {
    /** Spelled as users write them. */
    enum OutputForm {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The project's folder (default: the nearest one upwards with a headworks.yml)")
    @Nullable
    Path project;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The environment (default: the project's default one)")
    @Nullable
    String environment;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            scope = ScopeType.INHERIT,
            description = "A value for a variable of the project; may be repeated")
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "Text for people, or one JSON document on standard output")
    OutputForm output = OutputForm.text;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "No progress on standard error")
    boolean quiet;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours, also on a terminal")
    boolean noColor;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Stack traces with failures")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version")
    private boolean version;

    /** Everything printed goes through it; knows the project's secrets once the project is loaded. */
    Masker masker = new Masker(List.of());

    final Set<String> secrets = new TreeSet<>();

    /** Where a command prints. */
    enum Stream {
        out,
        err
    }

    private Set<Stream> terminals = Set.of();

    /** Says which streams people watch. */
    void watchedOn(Set<Stream> watched) {
        terminals = watched;
    }

    Set<Stream> terminals() {
        return terminals;
    }

    /** Colours only for people who did not refuse them. */
    Colour colour() {
        boolean refused = noColor || System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return terminals.contains(Stream.out) && !refused ? Colour.ANSI : Colour.NONE;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Cannot run hw: no command given");
    }

    /** The folder asked for, or the nearest one from here upwards that holds a project. */
    Path projectFolder() {
        if (project != null) {
            return project;
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("headworks.yml"))) {
                return folder;
            }
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot find a project: no headworks.yml in " + here + " or above",
                "hw init makes one, hw demo shows one, --project names one");
    }

    static final class CurrentVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hw " + Version.current()};
        }
    }
}
