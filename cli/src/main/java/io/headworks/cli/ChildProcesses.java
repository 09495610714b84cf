package io.headworks.cli;

import io.headworks.core.run.Workspace;
import io.headworks.core.schedule.Children;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts this program again, as it was started itself, to run a pipeline for a slot. What it prints goes into a file of the
 * workspace, a new one for each process in place of the pipeline's last.
 */
final class ChildProcesses implements Children {
    private static final int LAST_WORDS = 2_000;

    private final HwCommand options;
    private final Path folder;
    private final @Nullable String forced;

    /** @param forced why a guarded environment is written to; null when it is not guarded */
    ChildProcesses(HwCommand options, Path folder, @Nullable String forced) {
        this.options = options;
        this.folder = folder.toAbsolutePath().normalize();
        this.forced = forced;
    }

    @Override
    public Child start(Order order) throws IOException {
        Path logs = Workspace.of(folder).schedule();
        Files.createDirectories(logs);
        Path log = logs.resolve(order.pipeline() + ".log");
        Process process = new ProcessBuilder(line(order))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new Started(process, log, options);
    }

    private List<String> line(Order order) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(Main.class.getName());
        line.add("--project");
        line.add(folder.toString());
        if (options.environment != null) {
            line.addAll(List.of("--env", Objects.requireNonNull(options.environment)));
        }
        options.variables.forEach((name, value) -> line.addAll(List.of("--var", name + "=" + value)));
        line.addAll(List.of("run", order.pipeline(), "--slot", order.text()));
        if (forced != null) {
            line.addAll(List.of("--force", forced));
        }
        return line;
    }

    private record Started(Process process, Path log, HwCommand options) implements Child {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean hasEnded() {
            return !process.isAlive();
        }

        @Override
        public int exitCode() {
            return process.exitValue();
        }

        @Override
        public String lastWords() {
            try {
                byte[] all = Files.readAllBytes(log);
                String text = new String(all, StandardCharsets.UTF_8);
                return options.masker.mask(text.substring(Math.max(0, text.length() - LAST_WORDS)));
            } catch (IOException unreadable) {
                return "what it printed cannot be read: " + unreadable.getMessage();
            }
        }

        @Override
        public void onEnd(Runnable then) {
            process.onExit().thenRun(then);
        }
    }
}
