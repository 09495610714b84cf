package io.headworks.core.reject;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the dead letter in a file that a person edits: a JSON object a line, with the letter's id and the row as it was
 * extracted.
 *
 * @param rows by id of the letter
 */
public record CorrectedRows(Map<String, Map<String, @Nullable Object>> rows) {
    /** Nothing was corrected: a replay takes all letters as they are. */
    public static final CorrectedRows NONE = new CorrectedRows(Map.of());

    public CorrectedRows {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** Writes a file, which must not exist. */
    public static void write(Path file, Collection<DeadLetter> letters, HiddenValues hidden) {
        List<String> lines = new ArrayList<>();
        for (DeadLetter letter : letters) {
            DeadLetter shown = hidden.in(letter);
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("id", letter.id());
            line.put("reason", shown.reason());
            line.put("column", letter.column());
            line.put("source", place(letter));
            line.put("raw", shown.raw());
            line.put("row", shown.payload() == null ? null : Json.readObject(Objects.requireNonNull(shown.payload())));
            lines.add(Json.compact(line));
        }
        try {
            Files.write(file, lines, StandardOpenOption.CREATE_NEW);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot write " + file + ": " + IoReason.of(failed),
                    Files.exists(file) ? "name another file, or remove that one" : null,
                    failed);
        }
    }

    private static @Nullable String place(DeadLetter letter) {
        return letter.source() == null ? null : letter.source() + (letter.line() == null ? "" : ":" + letter.line());
    }

    /**
     * Reads a file that was edited; every line counts, and a line that was taken out stays in the dead letter.
     *
     * @throws HeadworksException of kind PROJECT that names the first line that cannot be used
     */
    public static CorrectedRows read(Path file) {
        Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String where = file + ":" + (i + 1);
                Map<String, @Nullable Object> line = object(where, lines.get(i));
                String id = line.get("id") instanceof String text ? text : "";
                if (rows.put(id, row(where, id, line)) != null) {
                    throw refused(where, "letter " + id + " is in it twice");
                }
            }
        }
        if (rows.isEmpty()) {
            throw new HeadworksException(FailureKind.PROJECT, "Cannot replay from " + file + ": it has no row");
        }
        return new CorrectedRows(rows);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + file + ": " + IoReason.of(unreadable), null, unreadable);
        }
    }

    private static Map<String, @Nullable Object> object(String where, String line) {
        try {
            return Json.readObject(line);
        } catch (IllegalArgumentException | UncheckedIOException malformed) {
            throw refused(where, "it is no JSON object (" + malformed.getMessage() + ")");
        }
    }

    private static Map<String, @Nullable Object> row(String where, String id, Map<String, @Nullable Object> line) {
        if (id.isEmpty()) {
            throw refused(where, "it has no id");
        }
        if (!(line.get("row") instanceof Map<?, ?> values)) {
            throw refused(where, "row is missing: write the row's columns, or take the line out");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        values.forEach((column, value) -> row.put(String.valueOf(column), value));
        return row;
    }

    private static HeadworksException refused(String where, String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot replay from " + where + ": " + why,
                "nothing was replayed; hw deadletter export writes such a file");
    }

    /**
     * A column that is left out would be NULL without anybody having said so.
     *
     * @param columns that the source gives
     * @throws HeadworksException of kind PROJECT when a row lacks one of them
     */
    public void requireWhole(List<String> columns) {
        rows.forEach((id, row) -> {
            List<String> left = new ArrayList<>(columns);
            left.removeAll(row.keySet());
            if (!left.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot replay the corrected row of " + id + ": column '" + left.get(0)
                                + "' is missing (columns: " + String.join(", ", columns) + ")",
                        "nothing was replayed; write every column, null where it has no value");
            }
        });
    }

    /**
     * The letters that are meant, with the rows as they were corrected; all as they are where nothing was.
     *
     * @param open letters of a pipeline that nobody resolved yet
     * @throws HeadworksException of kind PROJECT when one that was corrected is not among them
     */
    public List<DeadLetter> in(List<DeadLetter> open) {
        if (rows.isEmpty()) {
            return open;
        }
        List<DeadLetter> chosen = new ArrayList<>();
        for (DeadLetter letter : open) {
            Map<String, @Nullable Object> row = rows.get(letter.id());
            if (row != null) {
                chosen.add(letter.with(Json.compact(HiddenValues.filled(row, letter.payload()))));
            }
        }
        if (chosen.size() < rows.size()) {
            List<String> gone = new ArrayList<>(rows.keySet());
            gone.removeAll(chosen.stream().map(DeadLetter::id).toList());
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot replay " + gone.size() + " of " + rows.size() + " corrected rows: no such letter waits ("
                            + String.join(", ", gone.subList(0, Math.min(3, gone.size())))
                            + (gone.size() > 3 ? " …" : "") + ")",
                    "nothing was replayed. They were replayed before, or are of another pipeline or environment: take"
                            + " these lines out");
        }
        return chosen;
    }
}
