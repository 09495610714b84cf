package io.headworks.duckdb.check;

import static io.headworks.duckdb.check.CheckBench.check;
import static io.headworks.duckdb.check.CheckBench.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that cannot run is an error of its own, and takes nothing down with it. */
class BadChecksTest {
    private CheckBench bench;

    @BeforeEach
    void open(@TempDir Path temporary) {
        bench = new CheckBench(temporary);
        bench.execute(
                "CREATE TABLE t AS SELECT i AS x, CASE WHEN i = 7 THEN 'seven' ELSE i::VARCHAR END AS s FROM range(10) r(i)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private final Check good = check(new Rule.Range("x", "1", null, false, false));
    private final Check fine = check(new Rule.NotNull(List.of("s")));

    private List<CheckResult> run(Check... checks) {
        return bench.run(bench.scope("FROM t"), checks);
    }

    private static void goodOnesRan(List<CheckResult> results) {
        assertThat(results.get(0).failingRows()).isEqualTo(1);
        assertThat(results.get(0).status()).isEqualTo(Status.FAILED);
        assertThat(results.get(results.size() - 1).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void isFoundBeforeAnythingRuns() {
        List<CheckResult> results = run(
                good,
                check(new Rule.Pattern("s", "(")),
                where("nosuch = 1", new Rule.NotNull(List.of("x"))),
                where("nosuch(x)", new Rule.Unique(List.of("x"))),
                check(new Rule.RowSql("select * from {{ table }} where")),
                check(new Rule.RowSql("select * from {{ tabel }}")),
                check(new Rule.RowSql("select * from read_text('/etc/passwd')")),
                check(new Rule.RowSql("select * from {{ table }} join nosuch using (x)")),
                check(new Rule.Reconcile("sum(nosuch)", DatasetName.parse("other"), java.math.BigDecimal.ZERO)),
                fine);
        goodOnesRan(results);
        assertThat(results.subList(1, results.size() - 1)).allMatch(result -> result.status() == Status.ERROR);
        assertThat(results.get(2).error())
                .startsWith("Cannot run check not_null: Referenced column \"nosuch\" not found");
        assertThat(results.get(5).error())
                .isEqualTo("Cannot run check sql: there is no {{ tabel }} (allowed: table, now)");
        assertThat(results.get(6).error()).isEqualTo("Cannot run check sql: read_text() reads what is no dataset");
        assertThat(results.get(7).error())
                .isEqualTo("Cannot run check sql: Cannot read dataset nosuch: this run knows none of that name");
        assertThat(results.get(1).stops()).isTrue();
    }

    @Test
    void isAFilterThatReachesOutOfItsBrackets() {
        List<CheckResult> results = run(
                good,
                where("x = 1) or (true", new Rule.NotNull(List.of("x"))),
                where("exists (select 1)", new Rule.NotNull(List.of("x"))),
                fine);
        goodOnesRan(results);
        assertThat(results.get(1).error())
                .isEqualTo("Cannot run check not_null: where: ')' closes nothing in x = 1) or (true");
        assertThat(results.get(2).error())
                .startsWith("Cannot run check not_null: where: an expression reads the row's own columns only");
    }

    @Test
    void leavesAnOpenTransactionWhole() {
        bench.execute("BEGIN", "INSERT INTO t VALUES (0, 'late')");
        List<CheckResult> results =
                run(good, check(new Rule.Pattern("s", "(")), where("nosuch = 1", new Rule.NotNull(List.of("x"))), fine);
        assertThat(results.get(0).failingRows()).isEqualTo(2);
        assertThat(results.get(3).status()).isEqualTo(Status.PASSED);
        bench.execute("COMMIT");
        assertThat(bench.sql().number("SELECT count(*) FROM t")).isEqualTo(11);
    }

    @Test
    void thatStumblesOverARowIsAnErrorToo() {
        List<CheckResult> results = run(
                good,
                where("s::INTEGER >= 0", new Rule.NotNull(List.of("x"))),
                check(new Rule.RowSql("select s::INTEGER / 0 from {{ table }}")),
                fine);
        goodOnesRan(results);
        assertThat(results.get(1).error())
                .startsWith("Cannot run check not_null: Conversion Error: Could not convert string 'seven' to INT32");
        assertThat(results.get(2).status()).isEqualTo(Status.ERROR);
        assertThat(results.get(2).error()).startsWith("Cannot run check sql: ");
    }

    @Test
    void makesTheRestErrorsWhereItEndsTheTransaction() {
        bench.execute("BEGIN");
        List<CheckResult> results = run(good, where("s::INTEGER >= 0", new Rule.NotNull(List.of("x"))), fine);
        assertThat(results).allMatch(result -> result.status() == Status.ERROR);
        assertThat(results.get(2).error())
                .isEqualTo("Cannot run check not_null: an earlier statement of this transaction failed");
        bench.execute("ROLLBACK");
    }

    @Test
    void cancellationEndsThemAll() {
        bench.cancellation.request("asked to");
        assertThatThrownBy(() -> run(good, fine))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        cancelled -> assertThat(cancelled.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    void noChecksAreNoResults() {
        assertThat(bench.run(new CheckScope(bench.rows("FROM t"), null, CheckBench.NOW, 3)))
                .isEmpty();
    }
}
