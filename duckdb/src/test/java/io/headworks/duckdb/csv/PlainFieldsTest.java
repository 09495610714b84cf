package io.headworks.duckdb.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.type.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainFieldsTest {
    private static final long SEED = Long.getLong("headworks.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("headworks.rounds", 60) * 20;
    private static final Map<Integer, DataType> TYPES = new TreeMap<>(
            Map.of(0, DataType.BIGINT, 2, DataType.parse("decimal(5,2)").orElseThrow()));
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}|NULL|");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,3}(\\.\\d{1,2})?|NULL|");

    @TempDir
    Path folder;

    private static CsvDialect dialect(String delimiter, boolean header, int skip) {
        return new CsvDialect(
                delimiter, "\"", "\"", header, skip, null, "utf-8", ".", List.of("", "NULL"), null, null, 3);
    }

    private Path write(String content) throws IOException {
        return Files.write(folder.resolve("f.csv"), content.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<BitSet> plain(String content, LineEnd end) throws IOException {
        return PlainFields.in(write(content), dialect(",", false, 0), end, TYPES);
    }

    private static BitSet fields(int... fields) {
        BitSet set = new BitSet();
        for (int field : fields) {
            set.set(field);
        }
        return set;
    }

    @Test
    void areThoseOfWhichEachTextIsPlain() throws IOException {
        assertThat(plain("1,a,1.25\n-2,,\n", LineEnd.LF)).contains(fields(0, 2));
        assertThat(plain("1,a,1.25\r\n\r\nNULL,,3", LineEnd.CRLF)).contains(fields(0, 2));
        assertThat(plain("1,a,1.25\n1.5,b,2\n", LineEnd.LF)).contains(fields(2));
        assertThat(plain("1,a,1.255\n 1,b,2\n", LineEnd.LF)).contains(fields());
    }

    @Test
    void areNotSoughtInFilesThatOthersMustLookAt() throws IOException {
        assertThat(plain("1,\"a\",1\n", LineEnd.LF)).as("quote").isEmpty();
        assertThat(plain("1,a,1\"\n", LineEnd.LF)).as("quote at an end").isEmpty();
        assertThat(plain("1,a,1\n2,b\n", LineEnd.LF)).as("ragged").isEmpty();
        assertThat(plain("1,a,1,4\n", LineEnd.LF)).as("ragged").isEmpty();
        assertThat(plain("1,a\rb,1\n", LineEnd.LF)).as("other line ends").isEmpty();
        assertThat(plain("1,a,1\r\n2,b,2\n", LineEnd.CRLF))
                .as("mixed line ends")
                .isEmpty();
        assertThat(plain("1,a,1\r\n2,b,2\r", LineEnd.CRLF))
                .as("half a line end")
                .isEmpty();
        assertThat(PlainFields.in(write("1-a-1\n"), dialect("-", false, 0), LineEnd.LF, TYPES))
                .as("a delimiter that numbers hold")
                .isEmpty();
        assertThat(PlainFields.in(write("x\n1,a,1\n"), dialect(",", false, 1), LineEnd.LF, TYPES))
                .as("skipped lines")
                .isEmpty();
    }

    @Test
    void countNotTheHeader() throws IOException {
        assertThat(PlainFields.in(write("a,b,c\n1,a,1\n"), dialect(",", true, 0), LineEnd.LF, TYPES))
                .contains(fields(0, 2));
        assertThat(PlainFields.in(write("a,\"b\",c\n1,a,1\n"), dialect(",", true, 0), LineEnd.LF, TYPES))
                .isEmpty();
    }

    /** Against a plain reading of the lines, with parts and chunks so small that records lie across them. */
    @Test
    void areTheSameHoweverTheFileIsCut() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            boolean header = random.nextInt(3) == 0;
            boolean crlf = random.nextBoolean();
            String eol = crlf ? "\r\n" : "\n";
            double odd = random.nextInt(3) == 0 ? 0 : 0.02;
            StringBuilder content = new StringBuilder(header ? "id,text,amount" + eol : "");
            for (int i = random.nextInt(60); i > 0; i--) {
                content.append(record(random, odd)).append(eol);
            }
            if (random.nextInt(4) == 0 && content.length() > eol.length()) {
                content.setLength(content.length() - eol.length());
            }
            Path file = write(content.toString());
            CsvDialect dialect = dialect(",", header, 0);
            PlainForm[] forms = {
                PlainForm.of(TYPES.get(0)).orElseThrow(),
                null,
                PlainForm.of(TYPES.get(2)).orElseThrow()
            };
            LineEnd end = crlf ? LineEnd.CRLF : LineEnd.LF;
            Optional<BitSet> loose = PlainParts.loose(
                    file,
                    () -> new PlainRecords(CsvSyntax.of(dialect), end, forms),
                    header,
                    1 + random.nextInt(200),
                    64 + random.nextInt(200));
            assertThat(loose)
                    .as("seed " + SEED + ", round " + round + ": " + content)
                    .isEqualTo(expected(content.toString(), header, eol));
        }
    }

    private static String record(Random random, double odd) {
        String[] texts = {"", "a", "NULL", "words and words", "é"};
        String[] oddities = {"x", "1.5", " 1", "\"1\"", "1,2", "\r"};
        String id = random.nextDouble() < odd
                ? oddities[random.nextInt(oddities.length)]
                : random.nextInt(9) == 0 ? "" : String.valueOf(random.nextLong() >> (5 + random.nextInt(58)));
        String amount = random.nextDouble() < odd
                ? "1.005"
                : random.nextInt(9) == 0 ? "NULL" : (random.nextInt(2000) - 1000) + "." + random.nextInt(100);
        return random.nextInt(30) == 0 ? "" : id + "," + texts[random.nextInt(texts.length)] + "," + amount;
    }

    private static Optional<BitSet> expected(String content, boolean header, String eol) {
        BitSet loose = new BitSet();
        String[] lines = content.split(Pattern.quote(eol), -1);
        for (int i = 0; i < lines.length; i++) {
            String[] texts = lines[i].split(",", -1);
            if (lines[i].contains("\"") || lines[i].contains("\r")) {
                return Optional.empty();
            } else if (lines[i].isEmpty() || (header && i == 0)) {
                continue;
            } else if (texts.length != 3) {
                return Optional.empty();
            }
            loose.set(0, loose.get(0) || !WHOLE.matcher(texts[0]).matches());
            loose.set(2, loose.get(2) || !AMOUNT.matcher(texts[2]).matches());
        }
        return Optional.of(loose);
    }
}
