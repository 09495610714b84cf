package io.headworks.duckdb.check;

import static io.headworks.duckdb.check.CheckBench.check;
import static io.headworks.duckdb.check.CheckBench.named;
import static io.headworks.duckdb.check.CheckBench.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.check.Check;
import io.headworks.api.check.Comparison;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectMarkerTest {
    private CheckBench bench;

    @BeforeEach
    void open(@TempDir Path temporary) {
        bench = new CheckBench(temporary);
        bench.bind("dim", "FROM (VALUES (1), (2)) t(id)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Relation mark(String select, Check... checks) {
        return new RejectMarker(bench.sql(), Map.of("now", CheckBench.NOW), List.of("Secret"))
                .mark(bench.rows(select), List.of(checks), bench.session().datasets());
    }

    private List<@Nullable String> reasons(String select, Check... checks) {
        String marked = mark(select, checks).sql();
        return bench.sql().query("SELECT _hw_reason FROM (" + marked + ")", row -> row.getString(1));
    }

    @Test
    void noReasonShowsAValueOfAPerson() {
        assertThat(reasons("SELECT -5 AS secret", check(new Rule.Range("secret", "0", "9", false, true))))
                .containsExactly("range\trange\tCannot accept secret: '***' (allowed: >= 0 and < 9)");
        Rule order = new Rule.Compare("a", Comparison.AT_MOST, "SECRET", Rule.Compare.Nulls.PASS);
        assertThat(reasons("SELECT 7 AS a, 3 AS \"SECRET\"", check(order)))
                .singleElement()
                .asString()
                .contains("'7'", "'***'")
                .doesNotContain("3");
    }

    @Test
    void saysForEachRuleWhatIsWrongAndWhatIsAllowed() {
        assertThat(reasons("SELECT NULL::INTEGER AS a, NULL::INTEGER AS b", check(new Rule.NotNull(List.of("a", "b")))))
                .containsExactly("not-null\tnot_null\tCannot accept a: it is NULL");
        assertThat(reasons("SELECT -5 AS a", check(new Rule.Range("a", "0", "9", false, true))))
                .containsExactly("range\trange\tCannot accept a: '-5' (allowed: >= 0 and < 9)");
        assertThat(reasons("SELECT 'nan'::DOUBLE AS a", check(new Rule.Range("a", "0", null, false, false))))
                .containsExactly("range\trange\tCannot accept a: 'nan' (allowed: >= 0)");
        assertThat(reasons("SELECT 'lost' AS a", check(new Rule.Accepted("a", List.of("pending", "paid")))))
                .containsExactly("accepted\taccepted\tCannot accept a: 'lost' (allowed: pending, paid)");
        assertThat(reasons("SELECT 'x' AS a", check(new Rule.Pattern("a", "[0-9]+"))))
                .containsExactly("pattern\tpattern\tCannot accept a: 'x' (allowed: text that matches [0-9]+)");
        assertThat(reasons("SELECT 'abcd' AS a", check(new Rule.Length("a", 3L, 3L))))
                .containsExactly("length\tlength\tCannot accept a: 'abcd' (allowed: >= 3 and <= 3 characters)");
        assertThat(reasons(
                        "SELECT 7 AS a",
                        check(new Rule.References(List.of("a"), DatasetName.parse("dim"), List.of("id")))))
                .containsExactly("references\treferences\tCannot accept a: '7' (allowed: what is in dim(id))");
        assertThat(reasons(
                        "SELECT 7 AS a, 1 AS _hw_seq", check(new Rule.RowSql("select * from {{ table }} where a > 5"))))
                .containsExactly("sql\tsql\tCannot accept the row: the check's SQL returns it");
    }

    @Test
    void cutsTheValueAndKeepsItOnOneLine() {
        assertThat(reasons(
                        "SELECT 'a' || chr(10) || chr(9) || repeat('é', 100) AS a", check(new Rule.Pattern("a", "a"))))
                .containsExactly("pattern\tpattern\tCannot accept a: 'a  " + "é".repeat(77)
                        + "…' (allowed: text that matches a)");
    }

    @Test
    void givesTheFirstReasonInOrderAndNoneToGoodRows() {
        Check small =
                named("small", new Rule.Range("a", null, "5", false, false), null, Threshold.NONE, Threshold.NONE);
        Check even = named(
                "even",
                new Rule.RowSql("select * from {{ table }} where a % 2 = 1"),
                null,
                Threshold.NONE,
                Threshold.NONE);
        assertThat(reasons("SELECT i AS a, i AS _hw_seq FROM range(4, 8) t(i) ORDER BY i", small, even))
                .satisfiesExactly(
                        four -> assertThat(four).isNull(),
                        five -> assertThat(five).startsWith("sql\teven\t"),
                        six -> assertThat(six).startsWith("range\tsmall\t"),
                        seven -> assertThat(seven).startsWith("range\tsmall\t"));
    }

    @Test
    void changesNothingElse() {
        Relation marked = mark(
                "SELECT 1 AS a, 'x' AS \"b ⛵\", 5 AS _hw_seq, 'f:1' AS _hw_source",
                check(new Rule.NotNull(List.of("a"))));
        assertThat(marked.schema().names()).containsExactly("a", "b ⛵");
        assertThat(marked.hidden()).containsExactly(HiddenColumns.SEQ, HiddenColumns.SOURCE, HiddenColumns.REASON);
        assertThat(bench.sql().describe(marked.sql()).names())
                .containsExactly("a", "b ⛵", "_hw_seq", "_hw_source", "_hw_reason");
        assertThat(reasons(
                        "SELECT 7 AS a FROM range(3)",
                        check(new Rule.References(List.of("a"), DatasetName.parse("dim"), List.of("id")))))
                .as("a reference multiplies no row")
                .hasSize(3);
    }

    @Test
    void keepsAReasonThatIsThere() {
        assertThat(reasons(
                        "SELECT NULL::INTEGER AS a, 'cast' || chr(9) AS _hw_reason",
                        check(new Rule.NotNull(List.of("a")))))
                .containsExactly("cast\t");
    }

    @Test
    void obeysTheFilter() {
        assertThat(reasons(
                        "FROM (VALUES (9, 1), (9, 2), (9, NULL)) t(a, b)",
                        where("b = 1 -- one", new Rule.Range("a", null, "5", false, false))))
                .satisfiesExactly(
                        one -> assertThat(one).isNotNull(),
                        two -> assertThat(two).isNull(),
                        none -> assertThat(none).isNull());
    }

    @Test
    void refusesWhatCannotMarkRows() {
        assertThatThrownBy(() -> mark("SELECT 1 AS a", check(new Rule.Unique(List.of("a")))))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot reject rows by check unique: a unique check points at no single row");
        assertThatThrownBy(() -> mark("SELECT 1 AS a", check(new Rule.NotNull(List.of("b")))))
                .hasMessage("Cannot reject rows by check not_null: column 'b' is missing (columns: a)");
        assertThatThrownBy(() -> mark(
                        "SELECT 'a' AS a", check(new Rule.NotNull(List.of("a"))), check(new Rule.Pattern("a", "("))))
                .hasMessage("Cannot reject rows by check pattern: missing ): (");
        assertThatThrownBy(
                        () -> mark("SELECT 1 AS a, 1 AS _hw_seq", check(new Rule.RowSql("select a from {{ table }}"))))
                .hasMessageStartingWith("Cannot reject rows by check sql: Referenced column \"_hw_seq\" not found")
                .hasMessageEndingWith("(its SQL must return whole rows, as select * from {{ table }} where …)");
        assertThatThrownBy(() -> mark("SELECT 1 AS a", check(new Rule.RowSql("select * from {{ table }}"))))
                .hasMessageContaining("the rows here have no number to find them by");
    }
}
