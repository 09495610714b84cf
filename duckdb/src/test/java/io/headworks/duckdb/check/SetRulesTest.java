package io.headworks.duckdb.check;

import static io.headworks.duckdb.check.CheckBench.check;
import static io.headworks.duckdb.check.CheckBench.count;
import static io.headworks.duckdb.check.CheckBench.share;
import static io.headworks.duckdb.check.CheckBench.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetRulesTest {
    private CheckBench bench;

    @BeforeEach
    void open(@TempDir Path temporary) {
        bench = new CheckBench(temporary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void found(String select, Rule rule, Status status, String observed) {
        CheckResult result = bench.run(select, rule);
        assertThat(result.error()).isNull();
        assertThat(result.observed()).isEqualTo(observed);
        assertThat(result.status()).isEqualTo(status);
    }

    @Nested
    class Unique {
        private final Rule x = new Rule.Unique(List.of("x"));

        @Test
        void countsTheRowsThatRepeatAKey() {
            CheckResult result = bench.run("FROM (VALUES (1), (1), (1), (2), (NULL), (NULL)) t(x)", x);
            assertThat(result.failingRows()).isEqualTo(2);
            assertThat(result.rows()).isEqualTo(4);
            assertThat(result.samples()).containsExactly("{\"x\":1}", "{\"x\":1}", "{\"x\":1}");
        }

        @Test
        void takesAllNanForOneKey() {
            assertThat(bench.run("SELECT 'nan'::DOUBLE AS x FROM range(3)", x).failingRows())
                    .isEqualTo(2);
        }

        @Test
        void isUnverifiedWhereEveryKeyIsNull() {
            assertThat(bench.run("SELECT NULL::INTEGER AS x FROM range(3)", x).status())
                    .isEqualTo(Status.UNVERIFIED);
        }

        @Test
        void leavesCompoundKeysWithANullOut() {
            CheckResult result = bench.run(
                    "FROM (VALUES (1, 'a'), (1, 'a'), (1, NULL), (1, NULL)) t(x, y)",
                    new Rule.Unique(List.of("x", "y")));
            assertThat(result.failingRows()).isEqualTo(1);
            assertThat(result.rows()).isEqualTo(2);
        }

        @Test
        void looksAtFilteredRowsOnly() {
            assertThat(bench.run("FROM (VALUES (1, true), (1, false)) t(x, current)", where("current", x))
                            .status())
                    .isEqualTo(Status.PASSED);
        }

        @Test
        void provesTouchedKeysAgainstTheWholeTable() {
            bench.execute(
                    "CREATE TABLE t AS SELECT x, x >= 5 AS fresh FROM (VALUES (1), (1), (2), (5), (6), (NULL)) v(x)");
            bench.execute("INSERT INTO t VALUES (5, false)");
            CheckScope scope = new CheckScope(
                    bench.rows("SELECT * FROM t WHERE fresh"), bench.rows("SELECT * FROM t"), CheckBench.NOW, 3);
            CheckResult result = bench.run(scope, check(x)).get(0);
            assertThat(result.failingRows())
                    .as("1 is repeated too, and was not touched")
                    .isEqualTo(1);
            assertThat(result.rows()).isEqualTo(2);
            assertThat(result.samples())
                    .containsExactlyInAnyOrder("{\"x\":5,\"fresh\":true}", "{\"x\":5,\"fresh\":false}");
            assertThat(bench.run(scope, where("fresh", x)).get(0).status()).isEqualTo(Status.PASSED);
        }
    }

    @Nested
    class Volume {
        private Rule between(@Nullable Long min, @Nullable Long max) {
            return new Rule.Volume(min, max, null, null, true);
        }

        @Test
        void includesItsEnds() {
            found("FROM range(3)", between(3L, 3L), Status.PASSED, "3");
            found("FROM range(3)", between(4L, null), Status.FAILED, "3");
            found("FROM range(3)", between(null, 2L), Status.FAILED, "3");
        }

        @Test
        void passesNoRowsOnlyWhereThatIsSaid() {
            found("FROM range(0)", between(0L, 3L), Status.PASSED, "0");
            found("FROM range(0)", between(null, 3L), Status.UNVERIFIED, "0");
            found("FROM range(0)", between(1L, null), Status.FAILED, "0");
        }

        @Test
        void leavesAChangeToWhoeverKnowsTheHistory() {
            Rule change = new Rule.Volume(null, null, new BigDecimal("0.5"), Duration.ofDays(7), true);
            CheckResult result = bench.run("FROM range(3)", change);
            assertThat(result.status()).isEqualTo(Status.UNVERIFIED);
            assertThat(result.rows()).isEqualTo(3);
        }

        @Test
        void refusesNoBound() {
            assertThat(bench.run("FROM range(3)", between(null, null)).error())
                    .isEqualTo("Cannot run check volume: it has no bound (allowed: min, max, change)");
        }
    }

    @Nested
    class Freshness {
        private final Rule within2h = new Rule.Freshness("x", Duration.ofHours(2));

        @ParameterizedTest
        @CsvSource({
            "TIMESTAMP '2026-03-01 10:00:00', PASSED, 2026-03-01 10:00:00",
            "TIMESTAMP '2026-03-01 09:59:59.999999', FAILED, 2026-03-01 09:59:59.999999",
            "TIMESTAMPTZ '2026-03-01 12:00:00+02', PASSED, 2026-03-01 10:00:00+00",
            "TIMESTAMP_NS '2026-03-01 10:00:00', PASSED, 2026-03-01 10:00:00",
            "DATE '2026-03-01', PASSED, 2026-03-01",
            "DATE '2026-02-28', FAILED, 2026-02-28"
        })
        void isMeasuredAgainstTheRunsClock(String value, Status status, String observed) {
            found("SELECT " + value + " AS x", within2h, status, observed);
        }

        @Test
        void failsWithoutAValueAndSaysSo() {
            bench.execute("CREATE TABLE empty (x TIMESTAMP)");
            found("FROM empty", within2h, Status.FAILED, "no rows");
            found("SELECT NULL::TIMESTAMP AS x FROM range(2)", within2h, Status.FAILED, "no value");
        }

        @Test
        void isNotProvedByAValueInTheFuture() {
            found(
                    "FROM (VALUES (TIMESTAMP '2099-01-01'), (TIMESTAMP '2020-01-01')) t(x)",
                    within2h,
                    Status.FAILED,
                    "2020-01-01 00:00:00 (1 values in the future left out)");
        }

        @Test
        void isForTimesOnly() {
            assertThat(bench.run("SELECT 'a' AS x", within2h).error())
                    .isEqualTo("Cannot run check freshness: column 'x' is text (needed: a date or a timestamp)");
        }
    }

    @Nested
    class Distribution {
        private Rule most(String share) {
            return new Rule.Distribution("x", new BigDecimal(share), List.of());
        }

        @Test
        void allowsExactlyTheShare() {
            String rows = "FROM (VALUES ('a'), ('a'), ('a'), ('b'), (NULL)) t(x)";
            found(rows, most("0.6"), Status.PASSED, "60.0% a");
            found(rows, most("0.599"), Status.FAILED, "60.0% a");
        }

        @Test
        void hasNothingToMeasureWithoutAValue() {
            found("SELECT 'a' AS x WHERE false", most("1"), Status.UNVERIFIED, "no rows");
            found("SELECT NULL::VARCHAR AS x", most("0"), Status.UNVERIFIED, "no value");
        }

        @Test
        void looksAtFilteredRowsOnly() {
            CheckResult result = bench.run("FROM (VALUES (1), (1), (2), (3)) t(x)", where("x <> 1", most("0.5")));
            assertThat(result.status()).isEqualTo(Status.PASSED);
            assertThat(result.rows()).isEqualTo(2);
        }
    }

    @Nested
    class Reconcile {
        private Rule sum(String tolerance) {
            return new Rule.Reconcile("sum(x)", DatasetName.parse("shop:orders"), new BigDecimal(tolerance));
        }

        @Test
        void allowsExactlyTheTolerance() {
            bench.bind("shop:orders", "SELECT 100.00::DECIMAL(9,2) AS x");
            found("SELECT 101.00::DECIMAL(9,2) AS x", sum("0.01"), Status.PASSED, "101.00 here, 100.00 in shop:orders");
            found("SELECT 101.01::DECIMAL(9,2) AS x", sum("0.01"), Status.FAILED, "101.01 here, 100.00 in shop:orders");
        }

        @Test
        void needsTheOtherSide() {
            assertThat(bench.run("SELECT 1 AS x", sum("0")).error())
                    .isEqualTo("Cannot run check reconcile: dataset shop:orders is not known to this run");
        }

        @Test
        void isUnverifiedWhereNeitherSideHasAValue() {
            bench.bind("shop:orders", "SELECT 1 AS x WHERE false");
            found("SELECT 1 AS x WHERE false", sum("0"), Status.UNVERIFIED, "NULL here, NULL in shop:orders");
            found("SELECT 1 AS x", sum("1"), Status.FAILED, "1 here, NULL in shop:orders");
        }

        @Test
        void failsNan() {
            bench.bind("shop:orders", "SELECT 'nan'::DOUBLE AS x");
            found("SELECT 'nan'::DOUBLE AS x", sum("1"), Status.FAILED, "nan here, nan in shop:orders");
        }

        @Test
        void comparesOtherValuesForEquality() {
            bench.bind("shop:orders", "SELECT DATE '2024-01-01' AS x");
            Rule newest = new Rule.Reconcile("max(x)", DatasetName.parse("shop:orders"), BigDecimal.ZERO);
            found("SELECT DATE '2024-01-01' AS x", newest, Status.PASSED, "2024-01-01 here, 2024-01-01 in shop:orders");
            found("SELECT DATE '2024-01-02' AS x", newest, Status.FAILED, "2024-01-02 here, 2024-01-01 in shop:orders");
        }
    }

    @Nested
    class Columns {
        @Test
        void haveTheTypeDeclared() {
            found(
                    "SELECT 1::DECIMAL(9,2) AS x",
                    new Rule.ColumnType("x", new DataType.Decimal(9, 2)),
                    Status.PASSED,
                    "decimal(9,2)");
            found("SELECT 1 AS x WHERE false", new Rule.ColumnType("x", DataType.BIGINT), Status.FAILED, "integer");
            assertThat(bench.run("SELECT 1 AS y", new Rule.ColumnType("x", DataType.BIGINT))
                            .error())
                    .isEqualTo("Cannot run check column_type: column 'x' is missing (columns: y)");
        }

        @Test
        void areThoseDeclared() {
            Map<String, DataType> declared = new TreeMap<>(Map.of("a", DataType.BIGINT, "b", DataType.TEXT));
            found(
                    "SELECT 1::BIGINT AS a, 'x' AS b, 1 AS c",
                    new Rule.SchemaIs(declared, true),
                    Status.PASSED,
                    "as declared");
            found(
                    "SELECT 1 AS a, 1 AS c",
                    new Rule.SchemaIs(declared, false),
                    Status.FAILED,
                    "a is integer instead of bigint; b is missing; c is extra");
        }
    }

    @Test
    void aSetRuleFailsAsAWhole() {
        Rule volume = new Rule.Volume(10L, null, null, null, true);
        assertThat(bench.run("FROM range(3)", check(volume, null, Threshold.NONE, share("0.99")))
                        .status())
                .isEqualTo(Status.FAILED);
        assertThat(bench.run("FROM range(3)", check(volume, null, Threshold.NONE, count(1)))
                        .status())
                .isEqualTo(Status.WARNED);
        assertThat(bench.run("FROM range(3)", volume).failingRows()).isEqualTo(1);
    }
}
