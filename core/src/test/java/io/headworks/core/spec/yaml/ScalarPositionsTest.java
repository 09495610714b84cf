package io.headworks.core.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Place;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarPositionsTest {
    /** Where '@' of the value of key a stands, by the text alone. */
    private static Place locate(String yaml) {
        Node.Scalar scalar = scalar(yaml);
        return ScalarPositions.locate(scalar, scalar.text().indexOf('@'));
    }

    private static Node.Scalar scalar(String yaml) {
        Node.Mapping map = (Node.Mapping) YamlReader.read("a.yml", yaml.getBytes(StandardCharsets.UTF_8))
                .nodes()
                .get(0);
        return (Node.Scalar) java.util.Objects.requireNonNull(map.get("a"));
    }

    private static Place written(String yaml) {
        return new Source("a.yml", yaml).place(yaml.codePointCount(0, yaml.indexOf('@')));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "a: x + @ y",
                "a: 'it''s @'",
                "a: \"tab \\t quote \\\" é \\u00e9 @\"",
                "{b: 1, a: '  @'}",
                "a: \"😀 @\"",
            })
    void findsCharactersOfOneLine(String yaml) {
        assertThat(locate(yaml)).isEqualTo(written(yaml));
    }

    @Test
    void findsCharactersOfBlocks() {
        for (String yaml : new String[] {
            "a: |\n  select\n    x,\n    @\n  from t\n",
            "b: 1\na: >\n  select x,\n  y, @\n\n  from t\n",
            "a: |-\n\n  one\n\n  two @\n",
            "a: |2\n    one\n  two @\n",
            "a: one\n  two\n  three @\n",
            "a: \"one\n  two\n\n  three @\"\n",
            "a: \"one \\\n  two @\"\n",
        }) {
            assertThat(locate(yaml)).as(yaml).isEqualTo(written(yaml));
        }
    }

    @RepeatedTest(20)
    void findsARandomCharacterInARandomBlock() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder yaml = new StringBuilder("x: 1\na: |\n");
        int lines = 1 + random.nextInt(6);
        int marked = random.nextInt(lines);
        for (int i = 0; i < lines; i++) {
            String blanks = " ".repeat(i == 0 ? 0 : random.nextInt(4));
            String words = "é".repeat(random.nextInt(3)) + "sel ect ".repeat(random.nextInt(3));
            yaml.append("   ")
                    .append(blanks)
                    .append('x')
                    .append(words)
                    .append(i == marked ? "@" : "")
                    .append(" z\n");
        }
        assertThat(locate(yaml.toString())).as("seed " + seed + "\n" + yaml).isEqualTo(written(yaml.toString()));
    }

    @Test
    void answersTheEndForAnOffsetPastIt() {
        assertThat(ScalarPositions.locate(scalar("a: xyz\n"), 99)).hasToString("a.yml:1:7");
    }
}
