package io.headworks.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Every command, nested ones too, as the words that name it. */
final class CommandPaths {

    private CommandPaths() {}

    static List<List<String>> all() {
        List<List<String>> paths = new ArrayList<>();
        CommandLine hw = Main.commandLine(Commands.NAMES);
        for (String name : Commands.NAMES) {
            paths.add(List.of(name));
            hw.getSubcommands().get(name).getSubcommands().keySet().forEach(nested -> paths.add(List.of(name, nested)));
        }
        return paths;
    }
}
