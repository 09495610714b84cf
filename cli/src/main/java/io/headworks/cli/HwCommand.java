package io.headworks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hw} without a command: the options that all commands share, and the help. */
@Command(
        name = "hw",
        description = "Loads, checks and records data.",
        mixinStandardHelpOptions = true,
        versionProvider = HwCommand.CurrentVersion.class,
        sortOptions = false)
final class HwCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Cannot run hw: no command given");
    }

    static final class CurrentVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hw " + Version.current()};
        }
    }
}
