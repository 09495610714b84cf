package io.headworks.connector.files;

import static io.headworks.connector.files.FilesFixture.extract;
import static io.headworks.testkit.files.ReadingBuilder.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.SourceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSourceTest {
    private FilesFixture files;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        files = new FilesFixture(folder);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Nested
    class Types {
        @Test
        void keepEveryDigitAndEveryKind() throws IOException {
            files.write(
                    "a.ndjson",
                    "{\"n\": 9223372036854775808, \"d\": 1.10, \"x\": 1e-7, \"b\": true, \"s\": \"007\", \"o\": {\"k\": [1.50, 12345678901234567890]}, \"m\": 1}",
                    "{\"n\": 1, \"d\": 22, \"x\": -0, \"b\": null, \"s\": \"\", \"m\": \"1\", \"late\": []}");

            Rows rows = read("a.ndjson", FileReading.DEFAULT);

            assertThat(rows.schema())
                    .containsExactly(
                            "n hugeint",
                            "d decimal(18,2)",
                            "x double",
                            "b boolean",
                            "s text",
                            "o json",
                            "m json",
                            "late json");
            assertThat(rows.values())
                    .containsExactly(
                            List.of(
                                    "9223372036854775808",
                                    "110",
                                    "1.0E-7",
                                    "1",
                                    "007",
                                    "{\"k\":[1.50,12345678901234567890]}",
                                    "1",
                                    "NULL"),
                            List.of("1", "2200", "-0.0", "NULL", "", "NULL", "\"1\"", "[]"));
            assertThat(rows.rejects()).isEmpty();
        }

        @Test
        void thatAreDeclaredAreObeyedOrTheRowIsRejected() throws IOException {
            files.write(
                    "a.ndjson",
                    "{\"id\": 1, \"amount\": 1.25, \"at\": \"2001/01/14 21:55\", \"tags\": [\"a\", null]}",
                    "{\"id\": 2.0, \"amount\": \"2.5\", \"at\": null}",
                    "{\"id\": 2.5}",
                    "{\"id\": 3, \"amount\": 1.255}",
                    "{\"id\": 4, \"at\": \"2001/02/30 00:00\"}",
                    "{\"id\": 5, \"tags\": \"a\"}",
                    "{\"id\": 1e400}");

            Rows rows = read(
                    "a.ndjson",
                    reading().timestampFormat("%Y/%m/%d %H:%M").build(),
                    "id:bigint",
                    "amount:decimal(18,2)",
                    "at:timestamp",
                    "tags:text[]");

            assertThat(rows.values())
                    .containsExactly(
                            List.of("1", "125", "979509300000000", "[a, null]"), List.of("2", "250", "NULL", "NULL"));
            assertThat(rows.rejects())
                    .extracting(reject -> reject.line() + " " + reject.column() + ": " + reject.reason())
                    .containsExactly(
                            "3 id: 2.5 is no bigint: it has a fraction",
                            "4 amount: 1.255 does not fit decimal(18,2): it has more than 2 decimals",
                            "5 at: '2001/02/30 00:00' is no timestamp",
                            "6 tags: \"a\" is no text[]",
                            "7 id: 1e400 does not fit bigint");
        }

        @Test
        void thatDifferInCaseOnlyBothSurvive() throws IOException {
            files.write("a.ndjson", "{\"id\": 1, \"Id\": 2}", "{\"Id\": 3}");

            Rows rows = read("a.ndjson", FileReading.DEFAULT);

            assertThat(rows.schema()).containsExactly("id bigint", "Id_2 bigint");
            assertThat(rows.values()).containsExactly(List.of("1", "2"), List.of("NULL", "3"));
        }
    }

    @Nested
    class Lines {
        @Test
        void thatAreBadAreRejectedWithLineOffsetAndReason() throws IOException {
            files.write(
                    "a.ndjson",
                    "{\"a\":1}",
                    "",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":2} 3",
                    "{\"a\":\"\\uD800\"}",
                    "[1]",
                    "{\"a\":3}");

            Rows rows = read("a.ndjson", FileReading.DEFAULT);

            assertThat(rows.values()).containsExactly(List.of("1"), List.of("3"));
            assertThat(rows.rejects())
                    .extracting(RejectedRow::line, RejectedRow::byteOffset, RejectedRow::reason, RejectedRow::raw)
                    .containsExactly(
                            tuple(3L, 9L, "key \"a\" stands in it twice", "{\"a\":1,\"a\":2}"),
                            tuple(4L, 23L, "something follows the object on the line", "{\"a\":2} 3"),
                            tuple(5L, 33L, "a string in it holds half of a surrogate pair", "{\"a\":\"\\uD800\"}"),
                            tuple(6L, 48L, "the line is no JSON object", "[1]"));
        }

        @Test
        void thatAreNoUtf8AreRejectedAlone() throws IOException {
            files.write("a.ndjson", new byte[] {
                '{',
                '"',
                'a',
                '"',
                ':',
                '"',
                (byte) 0xc0,
                (byte) 0x80,
                '"',
                '}',
                '\n',
                '{',
                '"',
                'a',
                '"',
                ':',
                '"',
                'x',
                '"',
                '}'
            });

            Rows rows = read("a.ndjson", FileReading.DEFAULT);

            assertThat(rows.values()).containsExactly(List.of("x"));
            assertThat(rows.rejects()).extracting(RejectedRow::reason).containsExactly("the line is no UTF-8");
        }

        @Test
        void thatAreDeeplyNestedAreRejectedAndTheNextAreRead() throws IOException {
            files.write("a.ndjson", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "{\"a\":[1]}");

            Rows rows = read("a.ndjson", FileReading.DEFAULT);

            assertThat(rows.values()).containsExactly(List.of("[1]"));
            assertThat(rows.rejects())
                    .extracting(RejectedRow::reason)
                    .containsExactly("it is nested deeper than 1000 levels");
        }

        @Test
        void aLineBeyondTheLimitIsRejectedAndTheNextIsRead() throws IOException {
            byte[] text = ("{\"a\":\"" + "x".repeat((1 << 26) + 10) + "\"}\n{\"a\":\"y\"}\n")
                    .getBytes(StandardCharsets.UTF_8);
            files.write("a.ndjson", text);

            Rows rows = read("a.ndjson", FileReading.DEFAULT, "a:text");

            assertThat(rows.values()).containsExactly(List.of("y"));
            assertThat(rows.rejects())
                    .extracting(RejectedRow::reason)
                    .containsExactly("the line is longer than 67108864 bytes");
        }
    }

    @Nested
    class Documents {
        @Test
        void areAnArrayAnObjectOrObjectsInARow() throws IOException {
            files.write("a.json", "[{\"a\": 1},", " {\"a\": 2}]")
                    .write("b.json", "{\"a\": 3}")
                    .write("c.json", "{\"a\": 4} {\"a\": 5}");

            assertThat(read("*.json", FileReading.DEFAULT).values())
                    .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5"));
        }

        @Test
        void withABadElementGoOn() throws IOException {
            files.write("a.json", "[{\"a\": 1}, 7, {\"a\": 1, \"a\": 2},", "{\"a\": 3}]");

            Rows rows = read("a.json", reading().add("at_line", "line").build());

            assertThat(rows.values()).containsExactly(List.of("1", "1"), List.of("3", "2"));
            assertThat(rows.rejects())
                    .extracting(RejectedRow::line, RejectedRow::byteOffset, RejectedRow::reason)
                    .containsExactly(
                            tuple(1L, 11L, "this element of the array is no object"),
                            tuple(1L, 14L, "key \"a\" stands in it twice"));
        }

        @Test
        void thatAreBrokenAreAnErrorNamingThePlace() throws IOException {
            files.write("a.json", "[{\"a\": 1}, {\"a\": }]");
            files.write("b.json", "[{\"a\": 1}] {\"a\": 2}");
            files.write("c.json", "[{\"a\": 1}");
            files.write("d.json", "12");

            assertThatThrownBy(() -> read("a.json", FileReading.DEFAULT))
                    .hasMessageStartingWith("Cannot read a.json: it is no JSON:")
                    .hasMessageContaining("line 1, column 18");
            assertThatThrownBy(() -> read("b.json", FileReading.DEFAULT))
                    .hasMessage("Cannot read b.json: something follows the array, line 1, byte 11");
            assertThatThrownBy(() -> read("c.json", FileReading.DEFAULT)).hasMessageContaining("no JSON");
            assertThatThrownBy(() -> read("d.json", FileReading.DEFAULT)).hasMessageContaining("must be");
        }

        @Test
        void inOtherUnicodeEncodingsAreRead() throws IOException {
            files.write("a.json", StandardCharsets.UTF_16, "[{\"a\": \"Zoë 😀\"}]");
            files.write("b.json", ("\uFEFF[{\"a\": \"é\"}]").getBytes(StandardCharsets.UTF_8));

            assertThat(read("*.json", FileReading.DEFAULT).values()).containsExactly(List.of("Zoë 😀"), List.of("é"));
        }
    }

    private Rows read(String path, FileReading reading, String... columns) throws IOException {
        Extract extract = extract(path, reading, columns);
        SourceState state = files.source.observe(extract, null);
        return Rows.of(files.source.rows(extract, state, null, state.files()));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
