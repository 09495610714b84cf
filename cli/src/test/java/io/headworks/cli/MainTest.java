package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertThat(run("--version")).isZero();

        assertThat(text(out)).matches("hw \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void theVersionIsTheSameAmongOtherOptions() {
        run("--version");
        String alone = text(out);
        out.reset();

        assertThat(run("--version", "completion")).isZero();
        assertThat(text(out)).isEqualTo(alone);
    }

    @Test
    void anUnknownOptionIsAMistakeOfTheCommandLine() {
        assertThat(run("--colour")).isEqualTo(2);

        assertThat(text(err)).contains("--colour");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void withoutACommandTheHelpGoesToStandardError() {
        assertThat(run()).isEqualTo(2);

        assertThat(text(err)).contains("Cannot run hw: no command given").contains("completion");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void theHelpListsEveryCommand() {
        assertThat(run("--help")).isZero();

        assertThat(text(out)).contains(Commands.NAMES);
    }

    @Test
    void everyCommandShowsItsHelp() {
        for (List<String> path : CommandPaths.all()) {
            out.reset();
            String[] arguments =
                    Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new);

            assertThat(run(arguments)).as(String.join(" ", arguments)).isZero();
            assertThat(text(out)).startsWith("Usage: hw " + String.join(" ", path) + " ");
        }
        assertThat(text(err)).isEmpty();
    }

    @Test
    void helpIsAWordToo() {
        assertThat(run("help", "state", "backup")).isZero();

        assertThat(text(out)).startsWith("Usage: hw state backup");
    }

    @Test
    void anUnknownCommandComesWithTheNearestOne() {
        assertThat(run("rnu")).isEqualTo(2);

        assertThat(text(err))
                .isEqualToIgnoringNewLines("hw: Cannot run hw: there is no command 'rnu'"
                        + "    did you mean run? hw --help lists the commands");
    }

    @Test
    void anUnknownOptionComesWithTheNearestOne() {
        assertThat(run("run", "--paralel=3")).isEqualTo(2);

        assertThat(text(err)).contains("Cannot run hw run: unknown option: '--paralel=3'", "did you mean --parallel?");
    }

    @Test
    void aNumberOutOfItsRangeIsAMistakeOfTheCommandLine() {
        assertThat(run("run", "--parallel", "0")).isEqualTo(2);
        assertThat(run("query", "select 1", "--limit", "-1")).isEqualTo(2);

        assertThat(text(err)).contains("'0' is no whole number of 1 or more", "'-1' is no whole number of 0 or more");
    }

    @Test
    void theCompletionScriptKnowsEveryCommand() {
        assertThat(run("completion")).isZero();

        assertThat(text(out)).startsWith("#!/usr/bin/env bash").contains(Commands.NAMES);
    }

    @Test
    void everyCommandCarriesTheNameItIsFoundBy() {
        for (String name : Commands.NAMES) {
            assertThat(new CommandLine(Commands.create(name)).getCommandName()).isEqualTo(name);
        }
    }

    @Test
    void onlyTheCommandsThatAreNamedAreMade() {
        assertThat(Commands.mentionedIn(new String[] {"--quiet", "completion"})).containsExactly("completion");
        assertThat(Commands.mentionedIn(new String[] {"--help"})).isEqualTo(Commands.NAMES);
    }

    private int run(String... arguments) {
        return Main.run(arguments, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
