package io.headworks.core.spec.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstStageTest {
    private static String with(String text) {
        return FirstStage.in("p.yml", text, "orders", "adapted", List.of("rename: {total: amount}", "drop: [x]"));
    }

    @Test
    void comesBeforeAStageThatItsCommentsStayWith() {
        assertThat(with("""
                        pipeline:
                          name: orders   # ours
                          transform:
                            stages:
                              # the first
                              - name: clean
                                operations: [{trim: [a]}]
                        """)).isEqualTo("""
                        pipeline:
                          name: orders   # ours
                          transform:
                            stages:
                              - name: adapted
                                operations:
                                  - rename: {total: amount}
                                  - drop: [x]
                              # the first
                              - name: clean
                                operations: [{trim: [a]}]
                        """);
    }

    @Test
    void isWrittenInALineWhereTheOthersAre() {
        assertThat(with("""
                        pipeline:
                          name: orders
                          transform: {stages: [{name: clean, operations: [{trim: [a]}]}]}
                        """))
                .contains("stages: [{name: adapted, operations: [{rename: {total: amount}}, {drop: [x]}]},"
                        + " {name: clean,");
    }

    @Test
    void makesTheTransformBeforeTheLoad() {
        assertThat(with("""
                        ---
                        pipeline: {name: other, load: {table: t}}
                        ---
                        pipeline:
                          name: orders
                          extract: {connection: a, table: b}
                          # where it goes
                          load: {connection: w, table: t}
                        """)).endsWith("""
                          extract: {connection: a, table: b}
                          transform:
                            stages:
                              - name: adapted
                                operations:
                                  - rename: {total: amount}
                                  - drop: [x]
                          # where it goes
                          load: {connection: w, table: t}
                        """);
    }

    @Test
    void refusesWhatItCannotEdit() {
        assertThatThrownBy(() -> with("pipeline: {name: orders, load: {table: t}}\n"))
                .hasMessage("Cannot put a stage into p.yml: its load does not begin a line (not yet)");
        assertThatThrownBy(() -> with("pipeline: {name: others}\n"))
                .hasMessageContaining("pipeline orders is not written out in it");
    }
}
