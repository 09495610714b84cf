package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw quality} of a file. */
final class QualityTest {
    @TempDir
    Path folder;

    @Test
    void keysAreProvedAndValuesOfPeopleAreMasked() {
        Shop shop = new Shop(folder, "duckdb")
                .file(
                        "orders.csv",
                        "id,order_no,line_no,email,status",
                        "1,1,1,ada@example.com,paid",
                        "2,1,2,grace@example.com,paid",
                        "3,2,1,ada@example.com,open",
                        "4,2,2,,paid");

        Hw.Result text = shop.hw().run("quality", "landing:orders.csv");
        Map<String, Object> document = shop.hw().json("quality", "landing:orders.csv");

        assertThat(text.exitCode()).as(text.out() + text.err()).isZero();
        assertThat(text.out())
                .contains("unique and never NULL: (id), (order_no, line_no)", "email 100% (masked)", "paid 3, open 1")
                .doesNotContain("ada@", "grace@");
        assertThat(document)
                .containsEntry("rows", 4L)
                .containsEntry("candidate_keys", List.of(List.of("id"), List.of("order_no", "line_no")));
        assertThat(document.toString()).contains("a**@*******.***").doesNotContain("ada@");
    }
}
