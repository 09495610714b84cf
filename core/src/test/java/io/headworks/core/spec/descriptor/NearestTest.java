package io.headworks.core.spec.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS = List.of("merge_keys", "order_by", "strategy", "table");

    @ParameterizedTest
    @CsvSource({
        "mergeKeys, merge_keys",
        "merge-keys, merge_keys",
        "merge_key, merge_keys",
        "stratgey, strategy",
        "tabel, table",
        "ordr_by, order_by"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Nearest.to(written, KEYS)).isEqualTo(meant);
    }

    @Test
    void answersNothingForWhatIsFarFromAll() {
        assertThat(Nearest.to("owner", KEYS)).isNull();
        assertThat(Nearest.to("x", List.of())).isNull();
    }

    @Test
    void countsASwapAsOneEdit() {
        assertThat(Nearest.distance("ab", "ba", 5)).isEqualTo(1);
        assertThat(Nearest.distance("", "abc", 5)).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting", 5)).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting", 1)).isEqualTo(2);
    }
}
