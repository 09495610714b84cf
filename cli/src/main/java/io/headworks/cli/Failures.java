package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command or a command line throws into a message, a document and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult arguments) {
        return report(command, thrown instanceof HeadworksException known ? known : defect(thrown));
    }

    static int report(CommandLine command, HeadworksException failure) {
        console(command).failure(failure);
        return failure.kind().exitCode();
    }

    static HeadworksException defect(Throwable thrown) {
        return new HeadworksException(
                FailureKind.INTERNAL,
                "Cannot finish: " + thrown,
                "this is a defect of Headworks: please report it with the output of -v",
                thrown);
    }

    static HeadworksException outOfMemory(OutOfMemoryError full) {
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot finish: Java's memory is full (" + full.getMessage() + ")",
                "give it more with HEADWORKS_JAVA_OPTIONS=-Xmx2g",
                full);
    }

    /** The command line itself is wrong: the message, near names, and the command's usage. */
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        HwCommand options = (HwCommand) command.getCommandSpec().root().userObject();
        if (java.util.Arrays.asList(arguments).contains("--output=json") || follows(arguments, "--output", "json")) {
            options.output = HwCommand.OutputForm.json;
        }
        console(command)
                .failure(new HeadworksException(
                        FailureKind.PROJECT, sentence(command, wrong), near(wrong) + help(command), wrong));
        boolean nothingAsked =
                command.getCommandSpec().parent() == null && !(wrong instanceof UnmatchedArgumentException);
        if (nothingAsked) {
            command.usage(command.getErr());
        }
        return FailureKind.PROJECT.exitCode();
    }

    private static String help(CommandLine command) {
        String program = command.getCommandSpec().qualifiedName();
        return command.getSubcommands().isEmpty()
                ? program + " --help shows what is allowed"
                : program + " --help lists the commands";
    }

    /** The nearest right spellings of what was not known. */
    private static String near(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        CommandLine command = wrong.getCommandLine();
        String written = unmatched.getUnmatched().get(0);
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        if (unmatched.isUnknownOption()) {
            known.clear();
            command.getCommandSpec().options().forEach(option -> known.add(option.longestName()));
        }
        String name = Nearest.to(written.replaceFirst("=.*", ""), known);
        return name == null ? "" : "did you mean " + name + "? ";
    }

    private static String sentence(CommandLine command, ParameterException wrong) {
        String program = command.getCommandSpec().qualifiedName();
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String written = unmatched.getUnmatched().get(0);
            return "Cannot run " + program + ": "
                    + (command.getSubcommands().isEmpty()
                            ? "it takes no further argument '" + written + "'"
                            : "there is no command '" + written + "'");
        }
        String message = String.valueOf(wrong.getMessage());
        return message.startsWith("Cannot ")
                ? message
                : "Cannot run " + program + ": " + message.substring(0, 1).toLowerCase(Locale.ROOT)
                        + message.substring(1);
    }

    private static boolean follows(String[] arguments, String option, String value) {
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i - 1].equals(option) && arguments[i].equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static Console console(CommandLine command) {
        return Console.of(command.getCommandSpec(), (HwCommand)
                command.getCommandSpec().root().userObject());
    }
}
