package io.headworks.connector.parquet;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.Field;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rejected rows beside the data, as JSON lines with the columns of {@link LedgerTables#DEAD_LETTER_COLUMNS}. A file is
 * written once and linked into every later version; what was resolved later is said in files of its own.
 */
final class DeadLetterFiles {
    private static final String RESOLVED = ".resolved.ndjson";

    private final Path folder;
    private final String prefix;
    private int files;
    private long letters;

    /** @param version the version these are written for: no other has files with its prefix */
    DeadLetterFiles(Path folder, long version) {
        this.folder = folder;
        this.prefix = String.format("%012d", version);
    }

    /** Writes rows with the columns of RejectColumns. */
    long write(LedgerKey key, String runId, Instant rejectedAt, BatchReader rejects) throws IOException {
        long before = letters;
        Path file = folder.resolve(prefix + "-" + ++files + ".ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            for (ColumnBatch batch = rejects.next(); batch != null; batch = rejects.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    out.write(Json.text(letter(key, runId, rejectedAt, batch, row)));
                    out.write('\n');
                }
            }
        }
        if (letters == before) {
            Files.delete(file);
        } else {
            Durable.sync(file);
        }
        return letters - before;
    }

    private Map<String, @Nullable Object> letter(
            LedgerKey key, String runId, Instant rejectedAt, ColumnBatch batch, int row) {
        Map<String, @Nullable Object> letter = new LinkedHashMap<>();
        letter.put("id", runId + "." + prefix + "." + ++letters);
        letter.put("project_id", key.projectId());
        letter.put("environment", key.environment());
        letter.put("pipeline", key.pipeline());
        letter.put("dataset", key.dataset());
        letter.put("run_id", runId);
        letter.put("rejected_at", rejectedAt.toString());
        List<Field> fields = batch.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            letter.put(fields.get(i).name(), value(batch.columns().get(i), row));
        }
        return letter;
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (column instanceof Column.Longs longs) {
            return longs.values()[row];
        }
        throw new IllegalStateException("a rejected row has only texts and whole numbers, found " + column.getClass());
    }

    /** Throws when a letter is unknown or resolved already. */
    static void requireOpen(List<DeadLetter> open, List<String> ids) {
        Set<String> known = open.stream().map(DeadLetter::id).collect(Collectors.toSet());
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot resolve dead letter " + id + ": it does not exist or is resolved already");
            }
        }
    }

    void resolve(List<String> ids, String runId, Instant resolvedAt) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String id : ids) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("id", id);
            line.put("resolved_run_id", runId);
            line.put("resolved_at", resolvedAt.toString());
            text.append(Json.text(line)).append('\n');
        }
        Durable.write(folder.resolve(prefix + "-" + ++files + RESOLVED), text.toString());
    }

    /**
     * Those of a version, in no order.
     *
     * @param of whose; null for all
     */
    static List<DeadLetter> read(Version version, @Nullable LedgerKey of, boolean resolvedToo) throws IOException {
        Map<String, String> resolvedBy = new HashMap<>();
        List<Path> letterFiles = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(version.deadLetters(), "*.ndjson")) {
            for (Path file : files) {
                if (file.toString().endsWith(RESOLVED)) {
                    lines(file, line -> resolvedBy.put(Json.string(line, "id"), Json.string(line, "resolved_run_id")));
                } else {
                    letterFiles.add(file);
                }
            }
        }
        List<DeadLetter> found = new ArrayList<>();
        for (Path file : letterFiles) {
            lines(file, line -> {
                String resolved = resolvedBy.get(Json.string(line, "id"));
                boolean wanted = of == null
                        || of.pipeline().equals(line.get("pipeline"))
                                && of.environment().equals(line.get("environment"))
                                && of.projectId().equals(line.get("project_id"));
                if (wanted && (resolvedToo || resolved == null)) {
                    found.add(deadLetter(line, resolved));
                }
            });
        }
        return found;
    }

    private static void lines(Path file, Line use) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                use.accept(Json.object(line));
            }
        }
    }

    private static DeadLetter deadLetter(Map<String, @Nullable Object> line, @Nullable String resolvedRunId)
            throws IOException {
        return new DeadLetter(
                Json.string(line, "id"),
                Json.string(line, "pipeline"),
                Json.string(line, "dataset"),
                Json.string(line, "run_id"),
                Instant.parse(Json.string(line, "rejected_at")),
                Json.string(line, "stage"),
                Json.string(line, "code"),
                (String) line.get("rule"),
                Json.string(line, "reason"),
                (String) line.get("source"),
                (Long) line.get("line"),
                (Long) line.get("byte_offset"),
                (String) line.get("column_name"),
                (String) line.get("payload"),
                (String) line.get("raw"),
                resolvedRunId);
    }

    private interface Line {
        void accept(Map<String, @Nullable Object> line) throws IOException;
    }
}
