package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files. {@code -Dheadworks.seed=N} repeats a run, {@code -Dheadworks.rounds=N} makes it longer; files are either
 * built from records that the test remembers, or of bytes at random.
 */
class CsvRandomTest {
    private static final long SEED = Long.getLong("headworks.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("headworks.rounds", 60);

    @TempDir
    Path folder;

    private DuckDbEngine engine;

    @BeforeEach
    void open() {
        System.out.println("CsvRandomTest: -Dheadworks.seed=" + SEED);
        engine = DuckDbEngine.open(Resources.UNSET, folder.resolve("temporary"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private interface With {
        void run(DuckDbSession session) throws Exception;
    }

    private void inSession(With with) throws Exception {
        Path staging = Files.createDirectories(folder.resolve("run"));
        try (DuckDbSession session = engine.session("run", staging, new Cancellation())) {
            with.run(session);
        }
    }

    /** A record as it was written, and what must become of it. */
    private record Written(long line, long offset, String raw, String row) {
        boolean isGood() {
            return row != null;
        }
    }

    /** Writes records of (bigint, text, decimal(9,2), date) with defects, and remembers them. */
    private static final class Writer {
        private final Random random;
        private final CsvDialect dialect;
        private final String eol;
        private final double defects;
        private final StringBuilder content = new StringBuilder();
        private final List<Written> records = new ArrayList<>();
        private long line = 1;
        private long offset;

        Writer(Random random, CsvDialect dialect, String eol, double defects) {
            this.random = random;
            this.dialect = dialect;
            this.eol = eol;
            this.defects = defects;
        }

        void put(String text) {
            content.append(text);
            offset += text.getBytes(StandardCharsets.UTF_8).length;
            line += text.replace("\r\n", "\n")
                    .replace('\r', '\n')
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
        }

        void record() {
            if (random.nextInt(40) == 0) {
                put(eol);
            }
            long id = random.nextLong() >> random.nextInt(64);
            String text = text();
            boolean isNull = random.nextInt(10) == 0;
            long cents = random.nextInt(2_000_000) - 1_000_000;
            String amount =
                    (cents < 0 ? "-" : "") + Math.abs(cents) / 100 + String.format(".%02d", Math.abs(cents) % 100);
            String day = String.format(
                    "%04d-%02d-%02d", 1000 + random.nextInt(9000), 1 + random.nextInt(12), 1 + random.nextInt(28));
            List<String> fields = new ArrayList<>(List.of(
                    field(Long.toString(id), false),
                    isNull ? "" : field(text, true),
                    field(amount, false),
                    field(day, false)));
            String row = id + "|" + (isNull ? "null" : text) + "|" + amount + "|" + day;
            if (random.nextDouble() < defects) {
                row = null;
                damage(fields);
            }
            String raw = String.join(dialect.delimiter(), fields);
            records.add(new Written(line, offset, raw, row));
            put(raw);
            put(eol);
        }

        private void damage(List<String> fields) {
            String q = dialect.quote();
            switch (random.nextInt(7)) {
                case 0 -> fields.remove(3);
                case 1 -> fields.add("more");
                case 2 -> fields.set(0, "1.5");
                case 3 -> fields.set(2, "1.005");
                case 4 -> fields.set(3, "2024-02-30");
                case 5 -> fields.set(1, "a" + q + "b");
                default -> fields.set(1, q + "a" + q + "b");
            }
        }

        private String text() {
            String[] parts = {
                "a", "é", "😀", " ", dialect.quote(), dialect.delimiter(), "\n", "\r\n", "x\0y", "NULL", "#", "\\"
            };
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            return text.toString();
        }

        private String field(String value, boolean isText) {
            boolean must = isText
                    && (value.isEmpty()
                            || value.equals("NULL")
                            || value.contains(dialect.quote())
                            || value.contains(dialect.delimiter())
                            || value.contains("\n")
                            || value.contains("\r"));
            if (!must && random.nextBoolean()) {
                return value;
            }
            String escape = dialect.escape();
            String inside = escape.equals(dialect.quote())
                    ? value.replace(escape, escape + escape)
                    : value.replace(escape, escape + escape).replace(dialect.quote(), escape + dialect.quote());
            return dialect.quote() + inside + dialect.quote();
        }
    }

    @Test
    void filesOfKnownRecordsAreAccountedForToTheByte() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String[] delimiters = {",", ";", "|", "\t", "||"};
            String quote = random.nextInt(4) == 0 ? "'" : "\"";
            String escape = random.nextInt(4) == 0 ? "\\" : quote;
            boolean header = random.nextBoolean();
            CsvDialect dialect = new CsvDialect(
                    delimiters[random.nextInt(delimiters.length)],
                    quote,
                    escape,
                    header,
                    0,
                    null,
                    "utf-8",
                    ".",
                    List.of("", "NULL"),
                    null,
                    null,
                    4);
            String eol = random.nextBoolean() ? "\n" : "\r\n";
            Writer writer = new Writer(random, dialect, eol, random.nextInt(3) == 0 ? 0 : 0.05);
            if (random.nextInt(3) == 0) {
                writer.put("\uFEFF");
            }
            if (header) {
                writer.put(String.join(dialect.delimiter(), "a", "b", "c", "d") + eol);
            }
            for (int i = random.nextInt(300); i > 0; i--) {
                writer.record();
            }
            InputFile file = write(random, writer.content.toString());
            String context = "seed " + SEED + ", round " + round + ", " + dialect + ", eol " + eol.length();
            inSession(session -> assertAccounted(session, file, dialect, writer.records, context));
        }
    }

    private InputFile write(Random random, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
            return CsvFiles.write(folder, "f.csv.gz", packed.toByteArray());
        }
        return CsvFiles.write(folder, "f.csv", bytes);
    }

    private static void assertAccounted(
            DuckDbSession session, InputFile file, CsvDialect dialect, List<Written> records, String context) {
        Csv scan = new Csv(List.of(file), dialect, CsvFiles.columns("bigint", "text", "decimal(9,2)", "date"));
        Staged staged = session.stage("x", new RowSource.InPlace(scan));
        assertThat(staged.count() + staged.rejected()).as(context).isEqualTo(records.size());
        assertThat(rows(session, staged))
                .as(context)
                .containsExactlyElementsOf(records.stream()
                        .filter(Written::isGood)
                        .map(Written::row)
                        .toList());
        List<String> rejects = session.sql()
                .query(
                        "SELECT line, byte_offset, raw FROM ("
                                + staged.rejects().sql() + ") ORDER BY byte_offset",
                        row -> row.getLong(1) + " " + row.getLong(2) + " " + row.getString(3));
        assertThat(rejects)
                .as(context)
                .containsExactlyElementsOf(records.stream()
                        .filter(record -> !record.isGood())
                        .map(record -> record.line() + " " + record.offset() + " " + record.raw())
                        .toList());
    }

    private static List<String> rows(DuckDbSession session, Staged staged) {
        int width = staged.rows().schema().fields().size();
        return session.sql()
                .query(
                        "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ("
                                + staged.rows().sql() + ") AS r ORDER BY r._hw_seq",
                        row -> {
                            List<String> values = new ArrayList<>();
                            for (int i = 1; i <= width; i++) {
                                values.add(String.valueOf(row.getString(i)));
                            }
                            return String.join("|", values);
                        });
    }

    /** Whatever the engine's own reader takes as it stands, ours must read the same, and reject none of it. */
    @Test
    void bytesAtRandomAreReadAlikeByBothReaders() throws Exception {
        Random random = new Random(SEED + 1);
        byte[][] alphabet = {
            {'a'},
            {'a'},
            {'1'},
            {'"'},
            {'"'},
            {','},
            {','},
            {','},
            {'\n'},
            {'\n'},
            {'\r'},
            {'\r', '\n'},
            {' '},
            {0},
            {'\\'},
            {(byte) 0xc3, (byte) 0xa9},
            {(byte) 0xe9},
            {'"', ','},
            {',', '"'},
            {'"', '\n'},
            {'"', '"'},
            {'\t'},
            {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}
        };
        int[] takenAsTheyStand = {0};
        for (int round = 0; round < ROUNDS * 5; round++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int fields = 1 + random.nextInt(3);
            boolean wellFormed = random.nextInt(3) > 0;
            for (int i = random.nextInt(wellFormed ? 8 : 40); i > 0; i--) {
                if (wellFormed) {
                    line(random, bytes, fields);
                } else {
                    bytes.writeBytes(alphabet[random.nextInt(alphabet.length)]);
                }
            }
            if (random.nextInt(4) == 0) {
                bytes.writeBytes(alphabet[random.nextInt(alphabet.length)]);
            }
            InputFile file = CsvFiles.write(folder, "f.csv", bytes.toByteArray());
            CsvDialect dialect = new CsvDialect(
                    ",", "\"", "\"", random.nextInt(4) == 0, 0, null, "utf-8", ".", List.of(""), null, null, fields);
            String context = "seed " + SEED + ", round " + round + ", " + dialect + ": " + show(bytes.toByteArray());
            String[] types = new String[fields];
            java.util.Arrays.fill(types, "text");
            Csv scan = new Csv(List.of(file), dialect, CsvFiles.columns(types));
            inSession(session -> assertAlike(session, scan, takenAsTheyStand, context));
        }
        assertThat(takenAsTheyStand[0]).isGreaterThan(ROUNDS / 5);
    }

    private static void line(Random random, ByteArrayOutputStream bytes, int fields) {
        String[] values = {
            "a",
            "",
            "\"\"",
            "\"a\"",
            " a ",
            "\"a,b\"",
            "\"a\nb\"",
            "\"a\"\"b\"",
            " \"a\"",
            "\"a\" ",
            "é",
            "a\0",
            "\"\"\"\"",
            "\"\r\n\"",
            "\"\r\""
        };
        for (int field = 0; field < fields; field++) {
            bytes.writeBytes((field == 0 ? "" : ",").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(values[random.nextInt(values.length)].getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes((random.nextInt(6) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void assertAlike(DuckDbSession session, Csv scan, int[] takenAsTheyStand, String context) {
        Staged careful = session.stage(
                "careful",
                new RowSource.InPlace(new Csv(scan.files(), withUnusedComment(scan.dialect()), scan.columns())));
        Staged staged = session.stage("staged", new RowSource.InPlace(scan));
        assertThat(rows(session, staged)).as(context).containsExactlyElementsOf(rows(session, careful));
        assertThat(staged.rejected()).as(context).isEqualTo(careful.rejected());
        takenAsTheyStand[0] += session.wasReadInPlace() ? 1 : 0;
    }

    /** A dialect that our own reader must read. */
    private static CsvDialect withUnusedComment(CsvDialect dialect) {
        return new CsvDialect(
                dialect.delimiter(),
                dialect.quote(),
                dialect.escape(),
                dialect.header(),
                dialect.skip(),
                "\u0001",
                dialect.encoding(),
                dialect.decimal(),
                dialect.nulls(),
                null,
                null,
                dialect.physicalColumns());
    }

    private static String show(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\0", "\\0");
    }
}
