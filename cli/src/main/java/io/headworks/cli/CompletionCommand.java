package io.headworks.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script, which serves bash and zsh. */
@Command(name = "completion", description = "Print the completion script for bash and zsh: source <(hw completion)")
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(AutoComplete.bash("hw", Main.commandLine(Commands.NAMES)));
        return 0;
    }
}
