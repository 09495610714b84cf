package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/reference/cli.md says what {@code --help} says; {@code -Dreference.write=true} rewrites it. */
final class CommandReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "cli.md");
    private static final String HEAD = """
            # The command line

            This page is written from the commands' own help (`hw COMMAND --help`).

            Text is for people; with `--output json` a command writes exactly one JSON document to standard output
            ([what each holds](documents/README.md)), and everything else to standard error.

            | exit code | means |
            |---|---|
            | 0 | done |
            | 1 | the run failed, or a check found a failure |
            | 2 | the project or the command line is wrong |
            | 3 | a gate or breaker stopped it |
            | 4 | somebody else holds it |
            | 5 | a source or target is out of reach |
            | 6 | a schema change was refused |
            | 7 | internal error: a defect of Headworks |
            | 8 | approval is needed, or the plan no longer fits |
            | 9 | a position or gap was lost: a person must decide |
            | 130, 143 | interrupted |

            For several pipelines: the first present of 7, 9, 6, 3, 5, 2, 1, 8, 4.
            """;

    @Test
    void thePageIsFresh() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).as("rewrite with -Dreference.write=true").hasContent(page());
    }

    @Test
    void everyCommandHasAnExample() {
        for (List<String> path : CommandPaths.all()) {
            CommandLine command = Main.commandLine(Commands.NAMES);
            for (String name : path) {
                command = command.getSubcommands().get(name);
            }
            assertThat(command.getCommandSpec().usageMessage().footer())
                    .as(String.join(" ", path))
                    .isNotEmpty();
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        CommandLine hw = Main.commandLine(Commands.NAMES);
        append(page, hw);
        for (String name : Commands.NAMES) {
            append(page, hw.getSubcommands().get(name));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n```text\n")
                .append(command.getUsageMessage(Ansi.OFF)
                        .lines()
                        .map(String::stripTrailing)
                        .reduce("", (a, b) -> a + b + "\n"))
                .append("```\n");
        command.getSubcommands().values().stream()
                .filter(each -> command.getCommandSpec().parent() != null)
                .forEach(each -> append(page, each));
    }
}
