package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowHashTest {
    /** From the reference implementation. */
    @ParameterizedTest
    @CsvSource({
        "'', 00000000000000000000000000000000",
        "hello, cbd8a7b341bd9b025b1e906a48ae1d19",
        "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c7a433ca9c49a9347"
    })
    void isMurmur3(String text, String expected) {
        RowHash hash = new RowHash();
        add(hash, text);
        assertThat(hash.sum()).isEqualTo(expected);
    }

    @Test
    void countsCopiesAndNotOrder() {
        RowHash one = new RowHash();
        add(one, "a");
        add(one, "b");
        RowHash other = new RowHash();
        add(other, "b");
        add(other, "a");
        RowHash twice = new RowHash();
        add(twice, "a");
        add(twice, "b");
        add(twice, "b");
        assertThat(other.sum()).isEqualTo(one.sum()).isNotEqualTo(twice.sum());
    }

    private static void add(RowHash hash, String text) {
        byte[] bytes = ("xyz" + text + "tail that is no part").getBytes(StandardCharsets.UTF_8);
        hash.add(bytes, 3, text.length());
    }
}
