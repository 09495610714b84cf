package io.headworks.server.process;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Starts the program again for what a request asks for, and remembers it in files: process, output, how it ended. A child
 * goes on when the server ends.
 */
public final class Starts {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final long LONGEST_OUTPUT = 64L << 10;

    private final Program program;
    private final Path folder;
    private final Clock clock;

    /** @param folder for the files, this server's own */
    public Starts(Program program, Path folder, Clock clock) {
        this.program = program;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Starts it.
     *
     * @param arguments the command and what follows it; no shell reads them
     * @throws HeadworksException when the machine cannot start a process
     */
    public Start start(List<String> arguments, String by) {
        String id = RunIds.next(clock.instant());
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(program.with(arguments))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(folder.resolve(id + ".out").toFile())
                    .redirectError(folder.resolve(id + ".err").toFile())
                    .start();
            Start started = new Start(
                    id,
                    arguments,
                    by,
                    clock.instant().toString(),
                    process.pid(),
                    Start.startOf(process.toHandle()),
                    null);
            write(started);
            process.onExit().thenAccept(ended -> write(started.ended(ended.exitValue())));
            return started;
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot start hw " + String.join(" ", arguments) + ": " + IoReason.of(failed),
                    "nothing was started",
                    failed);
        }
    }

    public Optional<Start> find(String id) {
        Path file = folder.resolve(id + ".json");
        if (!ID.matcher(id).matches() || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Start.of(Json.readObject(Files.readString(file))));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot read " + file, failed);
        }
    }

    /** What it said to people: the end of its standard error. */
    public String said(Start start) {
        Path file = folder.resolve(start.id() + ".err");
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - LONGEST_OUTPUT);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot read " + file, failed);
        }
    }

    private void write(Start start) {
        Path file = folder.resolve(start.id() + ".json");
        try {
            Path fresh = folder.resolve(start.id() + ".new");
            Files.writeString(fresh, Json.pretty(start.document()) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + file, failed);
        }
    }
}
