package io.headworks.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Expectation.Match;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowComparisonTest {
    private static final List<String> COLUMNS = List.of("id", "name");

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static List<String> compare(
            Match match, List<String> key, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        return new RowComparison(DatasetName.parse("w:t"), COLUMNS, key, match)
                .compare(expected, actual).stream()
                        .map(each -> each.kind() + " " + each.key() + " " + each.column() + " " + each.expected() + " "
                                + each.actual())
                        .toList();
    }

    @Test
    void equalRowsInAnyOrderAreEqual() {
        assertThat(compare(
                        Match.EXACT,
                        List.of("id"),
                        List.of(row(1, "a"), row(2, null)),
                        List.of(row(2, null), row(1, "a"))))
                .isEmpty();
    }

    @Test
    void aRowTwiceIsNotTheRowOnce() {
        assertThat(compare(Match.EXACT, List.of(), List.of(row(1, "a")), List.of(row(1, "a"), row(1, "a"))))
                .containsExactly("UNEXPECTED {id=1, name=a} null null {id=1, name=a}");
        assertThat(compare(Match.SUBSET, List.of(), List.of(row(1, "a"), row(1, "a")), List.of(row(1, "a"))))
                .containsExactly("MISSING {id=1, name=a} null {id=1, name=a} null");
    }

    @Test
    void rowsOfOneKeyDifferByColumn() {
        assertThat(compare(Match.EXACT, List.of("id"), List.of(row(1, "a")), List.of(row(1, null))))
                .containsExactly("DIFFERENT {id=1} name a null");
    }

    @Test
    void withoutAKeyRowsAreMissingAndUnexpected() {
        assertThat(compare(Match.EXACT, List.of(), List.of(row(1, "a")), List.of(row(1, "b"))))
                .containsExactly(
                        "MISSING {id=1, name=a} null {id=1, name=a} null",
                        "UNEXPECTED {id=1, name=b} null null {id=1, name=b}");
    }

    @Test
    void aSubsetMayHaveOthersBesideIt() {
        assertThat(compare(Match.SUBSET, List.of("id"), List.of(row(1, "a")), List.of(row(1, "a"), row(2, "b"))))
                .isEmpty();
    }

    @Test
    void orderedRowsStandInTheirOrder() {
        assertThat(compare(
                        Match.ORDERED,
                        List.of("id"),
                        List.of(row(1, "a"), row(2, "b")),
                        List.of(row(2, "b"), row(1, "a"))))
                .containsExactly("ORDER {row=1} null {id=1, name=a} {id=2, name=b}");
    }
}
