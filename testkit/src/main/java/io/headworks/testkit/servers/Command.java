package io.headworks.testkit.servers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short programs, run to their end. */
final class Command {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Command() {}

    /** The command as a user without rights where this process is root: database servers refuse to be that. */
    static List<String> unprivileged(List<String> command) {
        List<String> words = new ArrayList<>();
        if (ROOT) {
            words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        words.addAll(command);
        return words;
    }

    static String run(List<String> command) {
        return run(command, Redirect.from(new java.io.File("/dev/null")));
    }

    /** What the program wrote; a failure is an exception with it. */
    static String run(List<String> command, Redirect input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("Cannot run " + command + ":\n" + output);
            }
            return output;
        } catch (IOException failed) {
            throw new IllegalStateException("Cannot run " + command, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, interrupted);
        }
    }
}
