package io.headworks.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * The program {@code hw}. Answers {@code --version} by itself, and gives everything else to the commands in
 * {@link Commands}.
 *
 * <p>To add a command, write a class with picocli's {@code @Command} and {@code Callable<Integer>} that maps its flags
 * to one use case, and name it in {@link Commands}. Print through {@code @Spec CommandSpec}: results to
 * {@code spec.commandLine().getOut()}, everything else to {@code getErr()}; both are UTF-8 whatever the machine's
 * locale. Return an exit code. If the command is to start fast, add a line with it to
 * {@code cli/src/distribution/class-archive}.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int exitCode = run(arguments, out, err, terminals());
        out.flush();
        err.flush();
        System.exit(Signals.exitCode(exitCode));
    }

    /** Runs one command line and returns its exit code; never ends the JVM. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        return run(arguments, out, err, Set.of());
    }

    /** What is a terminal, as the launcher found it; without it Java knows only whether input and output both are. */
    private static Set<HwCommand.Stream> terminals() {
        String found = System.getProperty("headworks.terminals");
        if (found == null) {
            return System.console() == null ? Set.of() : EnumSet.allOf(HwCommand.Stream.class);
        }
        Set<HwCommand.Stream> terminals = EnumSet.noneOf(HwCommand.Stream.class);
        for (HwCommand.Stream stream : HwCommand.Stream.values()) {
            if (found.contains(stream.name())) {
                terminals.add(stream);
            }
        }
        return terminals;
    }

    /** @param terminals what people watch */
    private static int run(String[] arguments, PrintStream out, PrintStream err, Set<HwCommand.Stream> terminals) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Nothing of picocli is loaded here: scripts ask for the version often.
            out.println("hw " + Version.current());
            return 0;
        }
        if (arguments.length > 0 && arguments[0].equals("help")) {
            return run(askingForHelp(arguments), out, err, terminals);
        }
        CommandLine hw = commandLine(Commands.mentionedIn(arguments));
        ((HwCommand) hw.getCommandSpec().userObject()).watchedOn(terminals);
        hw.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        try {
            return hw.execute(arguments);
        } catch (OutOfMemoryError full) {
            return Failures.report(hw, Failures.outOfMemory(full));
        } catch (LinkageError | StackOverflowError | AssertionError defect) {
            return Failures.report(hw, Failures.defect(defect));
        }
    }

    /** {@code hw help run} is {@code hw run --help}. */
    private static String[] askingForHelp(String[] arguments) {
        String[] asked = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        asked[arguments.length - 1] = "--help";
        return asked;
    }

    /** {@code hw} with these commands below it. */
    static CommandLine commandLine(List<String> names) {
        CommandLine hw = new CommandLine(new HwCommand());
        for (String name : names) {
            hw.addSubcommand(name, Commands.create(name));
        }
        Failures failures = new Failures();
        // Handlers reach the subcommands that are there by now.
        hw.setExecutionExceptionHandler(failures);
        hw.setParameterExceptionHandler(failures);
        return hw;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
