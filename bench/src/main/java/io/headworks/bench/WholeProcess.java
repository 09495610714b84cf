package io.headworks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One command line of {@code ./hw} in a project, as whole processes. */
record WholeProcess(Path project, List<String> arguments) {
    private static final Path PROGRAM = program();
    private static final long LOOK_MILLIS = 10;

    /**
     * A process that ended.
     *
     * @param peakBytes its largest resident set, as the kernel counted it until {@value LOOK_MILLIS} ms before its end; 0
     *     where there is no /proc
     * @param cpuMillis of all its threads, as the kernel counted them until then
     * @param output what it said
     */
    record Ended(int exitCode, long millis, long peakBytes, long cpuMillis, String output) {}

    /** Asked before data is made for it, which takes minutes. */
    static Path program() {
        Path program = Path.of("hw").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("Cannot find " + program + ": start in the project's folder");
        }
        return program;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("output.txt").toFile())
                .start();
    }

    /** Waits for its end, and nothing else: for times. */
    Ended timed() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int exitCode = start().waitFor();
        return ended(exitCode, start, 0, 0);
    }

    /** Looks at its memory and its processor time all the while. */
    Ended watched() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start();
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long peak = 0;
        long cpu = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(status).orElse(0L));
            cpu = Math.max(
                    cpu,
                    process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L));
        }
        return ended(process.exitValue(), start, peak, cpu);
    }

    /** @throws IllegalStateException for a process that failed: its time is no figure */
    private Ended ended(int exitCode, long start, long peak, long cpu) throws IOException {
        long millis = (System.nanoTime() - start) / 1_000_000;
        String output = Files.readString(project.resolve("output.txt"));
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "Cannot measure hw " + String.join(" ", arguments) + ": exit code " + exitCode + "\n" + output);
        }
        return new Ended(exitCode, millis, peak, cpu, output);
    }

    private static Optional<Long> peak(Path status) throws IOException {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        }
    }

    /** Times of so many processes, ascending, after one that warms the disk cache. */
    List<Long> times(int rounds) throws IOException, InterruptedException {
        timed();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            millis.add(timed().millis());
        }
        Collections.sort(millis);
        return millis;
    }

    static long median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
