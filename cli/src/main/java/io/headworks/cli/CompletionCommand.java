package io.headworks.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script, which serves bash and zsh. */
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(hw completion)                      this shell",
            "  hw completion > ~/.hw-completion             once; then in ~/.bashrc or ~/.zshrc:",
            "                                               source ~/.hw-completion",
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Console console = Invocation.of(spec).console();
        String script = AutoComplete.bash("hw", Main.commandLine(Commands.NAMES));
        console.line(script);
        console.document(Map.of("script", script));
        return 0;
    }
}
