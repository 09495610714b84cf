package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.run.Cancellation;
import io.headworks.core.proof.Killing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts this program again, as it was started itself, to replay a batch and to be killed. */
final class ReplayProcess implements Killing {
    private static final String FAIL_POINT = "-Dheadworks.failpoint=";
    private static final int KILLED = 137;

    private final HwCommand options;
    private final String pipeline;
    private final @Nullable String in;

    /**
     * What is the same for the other process.
     *
     * @param options project, environment, variables
     * @param in the connection with the places; null for the target's own
     */
    ReplayProcess(HwCommand options, String pipeline, @Nullable String in) {
        this.options = options;
        this.pipeline = pipeline;
        this.in = in;
    }

    @Override
    public List<String> trace(Path folder, Cancellation cancellation) {
        Path trace = folder.resolve("trace");
        Ended ended = run("trace:" + trace, folder, cancellation);
        if (ended.exitCode() != 0) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot replay in a process of its own: it ended with " + ended.exitCode() + ": "
                            + ended.output().strip());
        }
        try {
            return Files.readAllLines(trace);
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    @Override
    public boolean killedAt(String failPoint, Path folder, Cancellation cancellation) {
        return run(failPoint, folder, cancellation).exitCode() == KILLED;
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(String failPoint, Path folder, Cancellation cancellation) {
        Path output = folder.resolveSibling(folder.getFileName() + ".out");
        try {
            Process process = new ProcessBuilder(line(failPoint, folder))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (Cancellation.Registration stop = cancellation.onRequest(process::destroyForcibly)) {
                int exitCode = process.waitFor();
                cancellation.check();
                return new Ended(exitCode, Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notStarted) {
            throw failed(notStarted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HeadworksException(FailureKind.CANCELLED, "Cannot go on: interrupted");
        }
    }

    private static HeadworksException failed(IOException why) {
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot replay in a process of its own: " + IoReason.of(why),
                "--kills 0 leaves these replays out",
                why);
    }

    private List<String> line(String failPoint, Path folder) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.add(FAIL_POINT + failPoint);
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(Main.class.getName());
        line.add("--project");
        line.add(options.projectFolder().toString());
        if (options.environment != null) {
            line.add("--env");
            line.add(Objects.requireNonNull(options.environment));
        }
        options.variables.forEach((name, value) -> {
            line.add("--var");
            line.add(name + "=" + value);
        });
        line.addAll(List.of("verify", pipeline, "--replay", folder.toString()));
        if (in != null) {
            line.addAll(List.of("--in", in));
        }
        return line;
    }
}
