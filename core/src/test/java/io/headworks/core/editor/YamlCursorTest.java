package io.headworks.core.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a place is, also in documents that are no YAML at the moment. */
final class YamlCursorTest {
    private static YamlCursor.Found at(String marked) {
        int at = marked.indexOf('|');
        String before = marked.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return YamlCursor.at(
                before + marked.substring(at + 1), new Position(line, at - (before.lastIndexOf('\n') + 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            |; ; key
            pip|; ; key
            a:~  b:~    |; a b; key
            a:~  b:~    c: 1~  |; a; key
            a:~  b: |; a b; value
            a:~  - |; a []; key
            a:~  - b: 1~    |; a []; key
            a:~- b: 1~  c: |; a [] c; value
            a: {b: 1, |; a; key
            a: {b: |; a b; value
            a: {b: {c: 1}, d: |; a d; value
            a: [x, |; a []; value
            a:~  - {b: [x], |; a []; key
            a: {b: 1,~    |; a; key
            a: 1 # {b: ~c: |; c; value
            a: "{" ~c: |; c; value
            a: "${env:X}"~c: |; c; value
            a: x~---~b:~  |; b; key
            a:~  b:~    c: 1~d:~  |; d; key
            """)
    void knowsThePathAndWhatMayStandThere(String marked, String path, String what) {
        YamlCursor.Found found = at(marked.replace("~", "\n"));

        assertThat(String.join(" ", found.path())).isEqualTo(path == null ? "" : path);
        assertThat(what.equals("key") ? found.isKey() : found.isValue()).isTrue();
    }

    @Test
    void saysWhatTheMapHasAlready() {
        assertThat(at("a:\n  type: duckdb\n  path: x\n  |").entries())
                .containsExactly(java.util.Map.entry("type", "duckdb"), java.util.Map.entry("path", "x"));
        assertThat(at("a: {type: duckdb, |").entries()).containsEntry("type", "duckdb");
    }

    @Test
    void nothingIsOfferedInTextsAndRemarks() {
        assertThat(at("a: |\n  select |".replaceFirst("\\|", ">")).isKey()).isFalse();
        YamlCursor.Found remark = at("a: 1 # see |");
        assertThat(remark.isKey() || remark.isValue()).isFalse();
    }
}
