package io.headworks.cli;

import java.util.Arrays;
import java.util.List;

/**
 * The commands of {@code hw} by name, made only when a command line mentions them: reading the annotations of all of
 * them would cost more than most commands do.
 */
final class Commands {
    /** In the order in which the help lists them. */
    static final List<String> NAMES = List.of(
            "demo",
            "init",
            "validate",
            "lint",
            "fmt",
            "ls",
            "show",
            "connection",
            "preview",
            "setup",
            "plan",
            "run",
            "status",
            "runs",
            "log",
            "deadletter",
            "check",
            "query",
            "state",
            "json-schema",
            "completion");

    private Commands() {}

    /** A new command object for one of {@link #NAMES}. */
    static Object create(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "init" -> new InitCommand();
            case "connection" -> new ConnectionCommand();
            case "preview" -> new PreviewCommand();
            case "setup" -> new SetupCommand();
            case "deadletter" -> new DeadLetterCommand();
            case "check" -> new CheckCommand();
            case "state" -> new StateCommand();
            case "json-schema" -> new JsonSchemaCommand();
            case "fmt" -> new FmtCommand();
            case "lint" -> new LintCommand();
            case "validate" -> new ValidateCommand();
            case "ls" -> new LsCommand();
            case "show" -> new ShowCommand();
            case "status" -> new StatusCommand();
            case "runs" -> new RunsCommand();
            case "log" -> new LogCommand();
            case "query" -> new QueryCommand();
            case "plan" -> new PlanCommand();
            case "run" -> new RunCommand();
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
        List<String> mentioned = NAMES.stream().filter(words::contains).toList();
        return mentioned.isEmpty() ? NAMES : mentioned;
    }
}
