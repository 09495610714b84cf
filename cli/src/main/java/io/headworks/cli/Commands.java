package io.headworks.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The commands of {@code hw} by name, made only when a command line mentions them: reading the annotations of all of
 * them would cost more than most commands do.
 */
final class Commands {
    /** In the order in which the help lists them. */
    static final List<String> NAMES = List.of(
            "demo",
            "init",
            "import",
            "validate",
            "lint",
            "fmt",
            "ls",
            "show",
            "lineage",
            "connection",
            "preview",
            "setup",
            "plan",
            "run",
            "backfill",
            "schedule",
            "status",
            "runs",
            "log",
            "deadletter",
            "schema-change",
            "check",
            "contract",
            "incidents",
            "quality",
            "score",
            "diff",
            "test",
            "verify",
            "query",
            "env",
            "state",
            "serve",
            "json-schema",
            "lsp",
            "completion");

    /** Other names of commands, by their name. */
    private static final Map<String, String> ALIASES = Map.of("quality", "profile");

    private Commands() {}

    /** A new command object for one of {@link #NAMES}. */
    static Object create(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "init" -> new InitCommand();
            case "import" -> new ImportCommand();
            case "connection" -> new ConnectionCommand();
            case "preview" -> new PreviewCommand();
            case "setup" -> new SetupCommand();
            case "deadletter" -> new DeadLetterCommand();
            case "schema-change" -> new SchemaChangeCommand();
            case "check" -> new CheckCommand();
            case "contract" -> new ContractCommand();
            case "incidents" -> new IncidentsCommand();
            case "quality" -> new QualityCommand();
            case "score" -> new ScoreCommand();
            case "diff" -> new DiffCommand();
            case "test" -> new TestCommand();
            case "verify" -> new VerifyCommand();
            case "env" -> new EnvCommand();
            case "state" -> new StateCommand();
            case "serve" -> new ServeCommand();
            case "json-schema" -> new JsonSchemaCommand();
            case "lsp" -> new LspCommand();
            case "fmt" -> new FmtCommand();
            case "lint" -> new LintCommand();
            case "validate" -> new ValidateCommand();
            case "ls" -> new LsCommand();
            case "show" -> new ShowCommand();
            case "lineage" -> new LineageCommand();
            case "status" -> new StatusCommand();
            case "runs" -> new RunsCommand();
            case "log" -> new LogCommand();
            case "query" -> new QueryCommand();
            case "plan" -> new PlanCommand();
            case "run" -> new RunCommand();
            case "backfill" -> new BackfillCommand();
            case "schedule" -> new ScheduleCommand();
            case "completion" -> new CompletionCommand();
            default ->
                throw new IllegalArgumentException("Cannot make a command: " + name + " (allowed: " + NAMES + ")");
        };
    }

    /**
     * The commands named anywhere among the arguments: a value that happens to be a command's name only costs its
     * making. All of them when none is named, so that help and "did you mean" see every command.
     */
    static List<String> mentionedIn(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        List<String> mentioned = NAMES.stream()
                .filter(name -> words.contains(name) || words.contains(ALIASES.getOrDefault(name, name)))
                .toList();
        return mentioned.isEmpty() ? NAMES : mentioned;
    }
}
