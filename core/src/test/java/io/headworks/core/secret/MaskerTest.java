package io.headworks.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskerTest {
    private final Masker masker = new Masker(List.of("s3cr=t&", "s3cr=t&longer"));

    @Test
    void theValueAndItsEncodingsAreHidden() {
        assertThat(masker.mask("a s3cr=t& b s3cr%3Dt%26 c czNjcj10Jg== d")).isEqualTo("a *** b *** c *** d");
    }

    @Test
    void theLongestValueWins() {
        assertThat(masker.mask("s3cr=t&longer")).isEqualTo("***");
    }

    @Test
    void treesAreMaskedDeep() {
        assertThat(masker.maskTree(Map.of("error", List.of("with s3cr=t&"))))
                .isEqualTo(Map.of("error", List.of("with ***")));
    }
}
