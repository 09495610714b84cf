package io.headworks.connector.files;

import static io.headworks.connector.files.FilesFixture.extract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.SourceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, production by production: what it allows is read, what it forbids is refused. */
class JsonConformanceTest {
    private FilesFixture files;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        files = new FilesFixture(folder);
    }

    @AfterEach
    void close() {
        files.close();
    }

    /** Values as the only member of an object on a line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-1",
                "1.5",
                "-0.1",
                "123e65",
                "1E22",
                "1E-2",
                "1e+2",
                "0e1",
                "20e1",
                "1.5E10",
                "-123456789012345678901234567890",
                "true",
                "false",
                "null",
                "\"\"",
                "\" \"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0041\"",
                "\"\\u00e9\"",
                "\"\\uD834\\uDD1E\"",
                "\"\\ud834\\udd1e\"",
                "\"\\u0000\"",
                "\"\u2028\u2029\"",
                "\"\u007f\"",
                "\"€𝄞\"",
                "\"\\uFFFF\"",
                "\"\uFFFE\"",
                "\"asd \\\"quoted\\\"\"",
                "\"/*comment*/\"",
                "[]",
                "[ ]",
                "[1,2]",
                "[[]]",
                "[null, 1, \"1\", {}]",
                "{}",
                "{ \"a\" : 1 }",
                "{\"\":0}",
                "{\"a\":{\"b\":[]}}",
                "\t1\t",
                " \"x\" "
            })
    void isRead(String value) throws IOException {
        Rows rows = lines("{\"v\":" + value + "}");

        assertThat(rows.rejects()).isEmpty();
        assertThat(rows.values()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+1",
                "01",
                "-01",
                "00",
                "-",
                "1.",
                ".5",
                "-.5",
                "1.e1",
                "1e",
                "1e+",
                "1eE2",
                "0x1",
                "1_000",
                "1a",
                "NaN",
                "Infinity",
                "-Infinity",
                "nan",
                "--1",
                "1 000",
                "0.3e",
                "2.e3",
                "１",
                "True",
                "nul",
                "tru",
                "undefined",
                "nulll",
                "'x'",
                "x",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\a\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\U0041\"",
                "\"a\tb\"",
                "\"a\u0000b\"",
                "\"a\u001fb\"",
                "\"\\",
                "\"\\uD800\"",
                "\"\\uDC00\\uD800\"",
                "\"\\uD800x\"",
                "\"\\\u00e9\"",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1,,2]",
                "[1:2]",
                "[1 2]",
                "[\"a\"",
                "[}",
                "[1}",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":1}",
                "{1:1}",
                "{null:1}",
                "{\"a\"::1}",
                "{\"a\":1,,\"b\":2}",
                "{\"x\":[}]",
                "/* c */ 1",
                "1 // c",
                "1 # c",
                "1}}",
                "\u00a01",
                "\uFEFF1",
                "\u000b1",
                "\f1"
            })
    void isRefused(String value) throws IOException {
        Rows rows = lines("{\"v\":" + value + "}");

        assertThat(rows.values()).isEmpty();
        assertThat(rows.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isNotBlank();
            assertThat(reject.line()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                " [ ] ",
                "{}",
                "{} {}",
                "{}{}",
                "{}\n\n{}",
                "[{},{}]",
                "\n\t\r [{\"a\":1}]\n",
                "[{}\n,\n{}]"
            })
    void documentIsRead(String text) throws IOException {
        assertThat(document(text).rejects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[{}",
                "[{},",
                "[{},]",
                "[,{}]",
                "[{}]]",
                "[{}] x",
                "[{}]{}",
                "{",
                "{}}",
                "{},{}",
                "{} []",
                "1",
                "\"x\"",
                "null",
                "[{} {}]",
                "[{}\u0000]",
                "[{}],",
                "]",
                "}",
                "// c\n{}",
                "[{\"a\":1,\"b\"}]",
                "{\"a\":1"
            })
    void documentIsRefused(String text) {
        assertThatThrownBy(() -> document(text))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot read a.json: ");
    }

    private Rows lines(String line) throws IOException {
        files.write("a.ndjson", (line + "\n").getBytes(StandardCharsets.UTF_8));
        return read("a.ndjson");
    }

    private Rows document(String text) throws IOException {
        files.write("a.json", text.getBytes(StandardCharsets.UTF_8));
        return read("a.json");
    }

    private Rows read(String path) throws IOException {
        Extract extract = extract(path, FileReading.DEFAULT, "v:json");
        SourceState state = files.source.observe(extract, null);
        return Rows.of(files.source.rows(extract, state, null, state.files()));
    }
}
