package io.headworks.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void canonicalTextDoesNotDependOnTheOrderOfKeys() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", 1);
        one.put("a", List.of("x", true));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", List.of("x", true));
        other.put("b", 1);

        assertThat(Json.canonical(one)).isEqualTo(Json.canonical(other)).isEqualTo("{\"a\":[\"x\",true],\"b\":1}");
    }

    @Test
    void numbersKeepEveryDigit() {
        String text = "[9223372036854775807,9223372036854775808,0.10000000000000000555]";

        assertThat(Json.read(text))
                .isEqualTo(List.of(
                        Long.MAX_VALUE,
                        new BigInteger("9223372036854775808"),
                        new BigDecimal("0.10000000000000000555")));
        assertThat(Json.compact(Json.read(text))).isEqualTo(text);
    }

    @Test
    void aCutTextIsAnError() {
        assertThatThrownBy(() -> Json.read("{\"a\": [1,")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> Json.read("")).isInstanceOf(UncheckedIOException.class);
    }
}
