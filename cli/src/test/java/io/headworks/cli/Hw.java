package io.headworks.cli;

import io.headworks.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Command lines on a project folder, as a user types them. */
public final class Hw {
    private final Path folder;

    public Hw(Path folder) {
        this.folder = folder;
    }

    public record Result(int exitCode, String out, String err) {
        public Map<String, Object> document() {
            return Json.readObject(out);
        }
    }

    public Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--project", folder.toString()));
        all.addAll(List.of(arguments));
        return runAnywhere(all.toArray(new String[0]));
    }

    public Map<String, Object> json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        return run(all.toArray(new String[0])).document();
    }

    /** Rows of a query as lines of values. */
    List<String> rows(String sql) {
        List<?> rows = (List<?>) Objects.requireNonNull(json("query", sql).get("rows"));
        return rows.stream().map(Json::compact).toList();
    }

    static Result runAnywhere(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Writes a file of the project. */
    void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void replace(String name, String old, String now) {
        try {
            String text = Files.readString(folder.resolve(name));
            if (!text.contains(old)) {
                throw new IllegalArgumentException("no '" + old + "' in " + name);
            }
            write(name, text.replace(old, now));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path folder() {
        return folder;
    }
}
