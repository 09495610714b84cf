package io.headworks.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A group of commands that was named without one of them. */
final class NothingAsked {
    private NothingAsked() {}

    /** Names the commands of the group in their order. */
    static ParameterException of(CommandSpec group) {
        return new ParameterException(
                group.commandLine(),
                "Cannot run hw " + group.name() + ": nothing asked (allowed: "
                        + String.join(", ", group.subcommands().keySet()) + ")");
    }
}
