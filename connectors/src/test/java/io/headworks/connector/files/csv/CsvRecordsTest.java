package io.headworks.connector.files.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
    private static final CsvSyntax COMMA = new CsvSyntax(",", '"', '"', null);

    @Test
    void splitsQuotedAndUnquotedFieldsAndCountsLines() throws IOException {
        assertThat(read("a,\"b,\"\"c\"\"\r\nd\"\r\n\n1, \"2\" ,\n", COMMA))
                .containsExactly("1: [a, b,\"c\"\r\nd]", "4: [1, 2, ]");
    }

    @Test
    void namesFaults() throws IOException {
        assertThat(read("a,b\"\n\"a\"b,c\nd\n\"e", COMMA))
                .containsExactly(
                        "1: a quote stands inside an unquoted field",
                        "2: text follows a closing quote",
                        "3: [d]",
                        "4: a quote is never closed");
    }

    @Test
    void obeysBackslashesAndLongDelimiters() throws IOException {
        assertThat(read("\"a\\\"b\"||c|d||\"\\\\\"\n", new CsvSyntax("||", '"', '\\', null)))
                .containsExactly("1: [a\"b, c|d, \\]");
    }

    /** What is written by the rules is read back, whatever the fields hold. */
    @Test
    void readsBackWhatIsWritten() throws IOException {
        long seed = System.nanoTime();
        System.out.println("CsvRecordsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<List<String>> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            int width = 2 + random.nextInt(4);
            for (int row = 0; row < 20; row++) {
                List<String> fields = new ArrayList<>();
                for (int field = 0; field < width; field++) {
                    fields.add(field(random));
                    text.append(field == 0 ? "" : ",").append(written(fields.get(field), random));
                }
                rows.add(fields);
                text.append(new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)]);
            }

            CsvRecords records = new CsvRecords(new StringReader(text.toString()), COMMA);
            List<List<String>> found = new ArrayList<>();
            while (records.next()) {
                assertThat(records.fault()).isNull();
                found.add(fields(records));
            }
            assertThat(found).isEqualTo(rows);
        }
    }

    private static String field(Random random) {
        String alphabet = "ab,;\"'\n\r\\ é😀";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder field = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            field.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return field.toString();
    }

    private static String written(String field, Random random) {
        boolean plain = field.chars().noneMatch(c -> ",\"\n\r ".indexOf(c) >= 0) && !field.isEmpty();
        return plain && random.nextBoolean() ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static List<String> read(String text, CsvSyntax syntax) throws IOException {
        CsvRecords records = new CsvRecords(new StringReader(text), syntax);
        List<String> found = new ArrayList<>();
        while (records.next()) {
            found.add(records.line() + ": " + (records.fault() == null ? fields(records) : records.fault()));
        }
        return found;
    }

    private static List<String> fields(CsvRecords records) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < records.fields(); i++) {
            fields.add(records.field(i));
        }
        return fields;
    }
}
