package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
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
        String program = command.getCommandSpec().qualifiedName();
        console(command)
                .failure(new HeadworksException(
                        FailureKind.PROJECT,
                        sentence(program, String.valueOf(wrong.getMessage())),
                        program + " --help shows what is allowed",
                        wrong));
        if (!UnmatchedArgumentException.printSuggestions(wrong, command.getErr())
                && command.getCommandSpec().parent() == null) {
            command.usage(command.getErr());
        }
        return FailureKind.PROJECT.exitCode();
    }

    private static String sentence(String program, String message) {
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
