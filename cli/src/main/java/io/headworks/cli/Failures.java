package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a message and an exit code. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult arguments) {
        HwCommand options = command.getCommandSpec().root().userObject() instanceof HwCommand hw ? hw : new HwCommand();
        HeadworksException failure = thrown instanceof HeadworksException known
                ? known
                : new HeadworksException(
                        FailureKind.INTERNAL,
                        "Cannot finish: " + thrown,
                        "this is a defect of Headworks: please report it with the output of -v",
                        thrown);
        Console.of(command.getCommandSpec(), options).failure(failure);
        return failure.kind().exitCode();
    }
}
