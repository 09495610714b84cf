package io.headworks.core.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static YamlReader.Documents read(String yaml) {
        return YamlReader.read("a.yml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String yaml) {
        return read(yaml).problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code() + " " + problem.message()
                        + (problem.hint() == null ? "" : " | " + problem.hint()))
                .toList();
    }

    private static String text(String yaml) {
        return ((Node.Scalar) read(yaml).nodes().get(0)).text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "22:22", "1_000", "0o17", "2024-01-01", "yes", "1e3", ".inf"})
    void keepsTextsAsTheyStand(String plain) {
        assertThat(text(plain)).isEqualTo(plain);
    }

    @Test
    void knowsWhereEverythingStands() {
        Node.Mapping map = (Node.Mapping)
                read("a: 1\nb:\n  - x\n  - {c: ü, d: y}\n").nodes().get(0);
        Node.Sequence list = (Node.Sequence) map.get("b");
        Node.Mapping inner = (Node.Mapping) list.items().get(1);

        assertThat(list.items().get(0).place()).hasToString("a.yml:3:5");
        assertThat(inner.entries().get(1).value().place()).hasToString("a.yml:4:15");
    }

    @Test
    void readsSeveralDocuments() {
        assertThat(read("a: 1\n---\nb: 2\n").nodes()).hasSize(2);
        assertThat(read("").nodes()).isEmpty();
        assertThat(read("# nothing\n").nodes()).isEmpty();
    }

    @Test
    void refusesDuplicateKeysNamingBothLines() {
        assertThat(problems("a: 1\nb: 2\na: 3\n"))
                .containsExactly("3:1 duplicate-key Cannot use key 'a' twice: lines 1 and 3 | remove one of them");
    }

    @Test
    void refusesTags() {
        assertThat(problems("a: !!java.net.URL [x]\n"))
                .containsExactly(
                        "1:4 yaml-tag Cannot use tag tag:yaml.org,2002:java.net.URL: tags are not allowed | remove it");
    }

    @Test
    void saysToQuotePlaceholdersInBraces() {
        assertThat(problems("c: {type: x, password: ${env:PASSWORD}}\n"))
                .singleElement()
                .asString()
                .startsWith("1:25 yaml-syntax Cannot read YAML: ")
                .endsWith("| quote it: \"${env:PASSWORD}\"");
        assertThat(problems("c: [${var:x}]\n")).singleElement().asString().endsWith("| quote it: \"${var:x}\"");
        assertThat(problems("c: ${env:PASSWORD}\n")).isEmpty();
    }

    @Test
    void refusesTabsWithTheirPlace() {
        assertThat(problems("a:\n\tb: 1\n"))
                .singleElement()
                .asString()
                .startsWith("2:1 yaml-syntax")
                .endsWith("| indent with spaces");
    }

    @Test
    void refusesUnclosedText() {
        assertThat(problems("a: \"x\nb: 1\n")).singleElement().asString().contains("yaml-syntax");
    }

    @Test
    void keepsWhatStandsBeforeASyntaxError() {
        assertThat(read("a: 1\n---\nb: [1\n").nodes()).hasSize(1);
    }

    @Test
    void stopsABillionLaughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }
        assertThat(read(yaml.toString()).problems()).extracting(Problem::code).containsExactly("yaml-limit");
    }

    @Test
    void followsAliases() {
        Node.Mapping map = (Node.Mapping) read("a: &k [x]\nb: *k\n").nodes().get(0);
        assertThat(map.get("b")).isSameAs(map.get("a"));
        assertThat(problems("a: &k [*k]\n")).singleElement().asString().contains("Cannot follow *k");
        assertThat(problems("a: *nobody\n")).singleElement().asString().contains("Cannot follow *nobody");
    }

    @Test
    void stopsDeepNesting() {
        assertThat(read("[".repeat(100_000)).problems())
                .extracting(Problem::code)
                .containsExactly("yaml-limit");
        assertThat(read("a: " + "{b: ".repeat(100) + "1" + "}".repeat(100)).problems())
                .extracting(Problem::code)
                .containsExactly("yaml-limit");
    }

    @Test
    void refusesMoreThanTenMegabytes() {
        byte[] large = new byte[10 * 1024 * 1024 + 1];
        assertThat(YamlReader.read("a.yml", large).problems())
                .extracting(Problem::code)
                .containsExactly("yaml-limit");
    }

    @Test
    void refusesOtherEncodings() {
        byte[] utf16 = "a: 1".getBytes(StandardCharsets.UTF_16);
        assertThat(YamlReader.read("a.yml", utf16).problems())
                .extracting(Problem::code)
                .containsExactly("yaml-syntax");
        assertThat(read("\uFEFFa: 1\n").problems()).isEmpty();
    }

    @Test
    void refusesKeysThatAreNoText() {
        assertThat(problems("sql: {{ input }}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("Cannot read a key"));
    }

    @Test
    void refusesControlCharacters() {
        assertThat(problems("a: \u0007\n")).singleElement().asString().contains("yaml-syntax");
    }
}
