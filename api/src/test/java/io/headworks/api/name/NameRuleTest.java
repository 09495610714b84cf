package io.headworks.api.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.name.NameRule.Alphabet;
import io.headworks.api.name.NameRule.Unit;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is answered here is stored in users' systems: no expected value may ever change. */
class NameRuleTest {
    private static final NameRule BYTES = new NameRule(63, Unit.BYTES, Alphabet.ANY, true);
    private static final NameRule PLANE = new NameRule(64, Unit.CHARACTERS, Alphabet.BASIC_PLANE, false);
    private static final String LONG = "x".repeat(100);

    @Test
    void aNameThatFitsStays() {
        assertThat(BYTES.fitted("x".repeat(63))).isEqualTo("x".repeat(63));
        assertThat(PLANE.fitted("ä".repeat(64))).isEqualTo("ä".repeat(64));
        assertThat(NameRule.ANY.fitted(LONG)).isEqualTo(LONG);
        assertThat(BYTES.fitted("😀 \"quoted\". ")).isEqualTo("😀 \"quoted\". ");
    }

    @Test
    void aLongerOneIsCutBetweenCharactersAndMarked() {
        assertThat(BYTES.fitted(LONG)).isEqualTo("x".repeat(54) + "_09ecb6eb");
        assertThat(PLANE.fitted(LONG)).isEqualTo("x".repeat(55) + "_09ecb6eb");
        assertThat(BYTES.fitted("ä".repeat(32))).isEqualTo("ä".repeat(27) + "_0f2cea1e");
        String odd = BYTES.fitted("a" + "😀".repeat(20));
        assertThat(odd.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(odd).startsWith("a" + "😀".repeat(13) + "_");
    }

    @Test
    void charactersAboveTheBasicPlaneAndBlanksAtTheEndAreReplaced() {
        assertThat(PLANE.fitted("😀 id")).isEqualTo("_ id_5029de90");
        assertThat(PLANE.fitted("end ")).isEqualTo("end _41b53546");
    }

    @Test
    void whatStandsForATakenNameIsFree() {
        assertThat(NameRule.ANY.distinct("ID", Set.of()::contains)).isEqualTo("ID_3843971d");
        assertThat(BYTES.distinct(LONG, Set.of("x".repeat(54) + "_09ecb6eb")::contains))
                .isEqualTo("x".repeat(46) + "_09ecb6ebc8bcefc7");
    }

    @Test
    void namesAreOneWhereTheTargetSaysSo() {
        assertThat(NameRule.ANY.folded("Straße")).isEqualTo(NameRule.ANY.folded("STRASSE"));
        assertThat(NameRule.ANY.folded("café")).isNotEqualTo(NameRule.ANY.folded("cafe"));
        assertThat(BYTES.folded("Id")).isNotEqualTo(BYTES.folded("ID"));
        assertThat(PLANE.folded("Café")).isEqualTo(PLANE.folded("cafE"));
    }
}
