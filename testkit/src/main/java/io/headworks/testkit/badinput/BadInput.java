package io.headworks.testkit.badinput;

import io.headworks.api.source.FileReading;
import io.headworks.testkit.files.ReadingBuilder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input with its outcome: rows and rejected rows that add up, or an error.
 *
 * @param name a sentence fragment that says what is bad about it
 * @param files contents by path
 * @param path the pattern to read
 * @param columns names, or {@code name:type}; empty for all, with inferred types
 * @param schema the columns expected, as {@code name type}; empty where the case is not about them
 * @param rows the rows expected, fields joined by {@code |}, NULL as {@code ␀}, texts over 200 characters as {@code
 *     #length}
 * @param error parts of the message expected; empty where the input loads
 */
public record BadInput(
        String name,
        Map<String, byte[]> files,
        String path,
        FileReading reading,
        List<String> columns,
        List<String> schema,
        List<String> rows,
        List<Rejected> rejects,
        List<String> error) {
    public BadInput {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        columns = List.copyOf(columns);
        schema = List.copyOf(schema);
        rows = List.copyOf(rows);
        rejects = List.copyOf(rejects);
        error = List.copyOf(error);
    }

    /**
     * A rejected row.
     *
     * @param offset the record's first byte; -1 where it is not checked
     * @param reason a part of the sentence
     */
    public record Rejected(
            long line, long offset, String code, @Nullable String column, String reason) {}

    @Override
    public String toString() {
        return name;
    }

    static Case input(String name) {
        return new Case(name);
    }

    /** Puts a case together. */
    static final class Case {
        private final String name;
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private String path = "";
        private FileReading reading = FileReading.DEFAULT;
        private final List<String> columns = new ArrayList<>();
        private final List<String> schema = new ArrayList<>();
        private final List<String> rows = new ArrayList<>();
        private final List<Rejected> rejects = new ArrayList<>();
        private final List<String> error = new ArrayList<>();

        private Case(String name) {
            this.name = name;
        }

        Case file(String path, byte[] bytes) {
            files.put(path, bytes);
            this.path = this.path.isEmpty() ? path : this.path;
            return this;
        }

        Case file(String path, Charset charset, String text) {
            return file(path, text.getBytes(charset));
        }

        Case file(String path, String text) {
            return file(path, StandardCharsets.UTF_8, text);
        }

        /** The text is the whole of {@code a.csv}. */
        Case csv(String text) {
            return file("a.csv", text);
        }

        Case lines(String text) {
            return file("a.ndjson", text);
        }

        Case json(String text) {
            return file("a.json", text);
        }

        Case path(String pattern) {
            path = pattern;
            return this;
        }

        Case reading(ReadingBuilder builder) {
            reading = builder.build();
            return this;
        }

        Case columns(String... columns) {
            this.columns.addAll(List.of(columns));
            return this;
        }

        Case schema(String... fields) {
            schema.addAll(List.of(fields));
            return this;
        }

        Case rows(String... rows) {
            this.rows.addAll(List.of(rows));
            return this;
        }

        Case reject(long line, long offset, String code, String reason) {
            rejects.add(new Rejected(line, offset, code, null, reason));
            return this;
        }

        Case reject(long line, long offset, String code, String column, String reason) {
            rejects.add(new Rejected(line, offset, code, column, reason));
            return this;
        }

        BadInput loads() {
            return new BadInput(name, files, path, reading, columns, schema, rows, rejects, List.of());
        }

        BadInput fails(String... parts) {
            error.addAll(List.of(parts));
            return new BadInput(name, files, path, reading, columns, schema, List.of(), List.of(), error);
        }
    }
}
