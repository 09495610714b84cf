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
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowRulesTest {
    private CheckBench bench;

    @BeforeEach
    void open(@TempDir Path temporary) {
        bench = new CheckBench(temporary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void failing(String select, Rule rule, long failing) {
        CheckResult result = bench.run(select, rule);
        assertThat(result.error()).as("error of %s", rule).isNull();
        assertThat(result.failingRows()).as("%s over %s", rule, select).isEqualTo(failing);
        assertThat(result.status()).isEqualTo(failing > 0 ? Status.FAILED : Status.PASSED);
    }

    private static Rule range(@Nullable String min, @Nullable String max) {
        return new Rule.Range("x", min, max, false, false);
    }

    @Nested
    class NotNull {
        @Test
        void countsARowOnceHoweverManyOfItsColumnsAreNull() {
            failing("FROM (VALUES (1, 1), (NULL, 1), (NULL, NULL)) t(a, b)", new Rule.NotNull(List.of("a", "b")), 2);
        }

        @Test
        void takesNanForAValue() {
            failing("SELECT 'nan'::double AS x", new Rule.NotNull(List.of("x")), 0);
        }
    }

    @Nested
    class Range {
        @ParameterizedTest
        @CsvSource({"TINYINT", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE", "'DECIMAL(9,2)'"})
        void includesItsEndsAndPassesNull(String type) {
            String values = "SELECT x::" + type + " AS x FROM (VALUES (1), (2), (3), (4), (NULL)) t(x)";
            failing(values, range("2", "3"), 2);
            failing(values, new Rule.Range("x", "2", "3", true, true), 4);
        }

        @ParameterizedTest
        @CsvSource({
            "10.5, , false, false, 1",
            "10.5, , true, false, 1",
            " , 10.5, false, false, 1",
            " , 10.5, false, true, 1",
            "11, , true, false, 2",
            "-1e30, 1e30, false, false, 0",
            "1e30, , false, false, 2",
            " , -1e30, false, false, 2",
            "128, , false, false, 2"
        })
        void readsBoundsThatTheTypeCannotHoldExactly(
                @Nullable String min, @Nullable String max, boolean minExclusive, boolean maxExclusive, long failing) {
            failing(
                    "SELECT x::TINYINT AS x FROM (VALUES (10), (11), (NULL)) t(x)",
                    new Rule.Range("x", min, max, minExclusive, maxExclusive),
                    failing);
        }

        @Test
        void doesNotRoundABoundToTheColumnsScale() {
            failing("SELECT x::DECIMAL(9,2) AS x FROM (VALUES (0.00), (0.01)) t(x)", range("0.001", null), 1);
        }

        @ParameterizedTest
        @CsvSource({"0, ", " , 9", "0, 9"})
        void failsNan(@Nullable String min, @Nullable String max) {
            failing("SELECT x::DOUBLE AS x FROM (VALUES ('nan'), ('1'), (NULL)) t(x)", range(min, max), 1);
        }

        @Test
        void failsInfinityBeyondABound() {
            failing("SELECT x::DOUBLE AS x FROM (VALUES ('inf'), ('-inf')) t(x)", range("0", null), 1);
        }

        @Test
        void readsTimesAsTheColumnsType() {
            failing("SELECT DATE '2024-01-01' + i::INTEGER AS x FROM range(3) t(i)", range("2024-01-02", null), 1);
            failing(
                    "SELECT TIMESTAMPTZ '2024-01-01 10:00:00+00' AS x",
                    range("2024-01-01T12:00:00+02:00", "2024-01-01T12:00:00+02:00"),
                    0);
        }

        @ParameterizedTest
        @CsvSource({
            "DATE, 2024-01-01 12:00, 'is no date (as 2024-12-31)'",
            "TIMESTAMP, 2024-01-01T12:00:00+02:00, 'is no timestamp'",
            "TIMESTAMP, 2024-02-30, 'is no timestamp'",
            "INTEGER, twelve, 'is no integer'",
            "DOUBLE, nan, 'is no double'",
            "FLOAT, 1e300, 'is no float'"
        })
        void refusesABoundThatIsNoValueOfTheType(String type, String bound, String why) {
            CheckResult result = bench.run("SELECT CAST(NULL AS " + type + ") AS x", range(bound, null));
            assertThat(result.status()).isEqualTo(Status.ERROR);
            assertThat(result.error()).startsWith("Cannot run check range: '" + bound + "' " + why);
        }

        @Test
        void refusesTypesWithoutAnOrder() {
            assertThat(bench.run("SELECT true AS x", range("0", null)).error())
                    .isEqualTo(
                            "Cannot run check range: column 'x' is boolean (needed: a number, a date, a time or text)");
        }
    }

    @Nested
    class Accepted {
        @Test
        void comparesAsTheColumnsType() {
            failing("FROM (VALUES (1.0::DECIMAL(5,1)), (2), (NULL)) t(x)", new Rule.Accepted("x", List.of("1.00")), 1);
            failing("FROM (VALUES ('1'), ('1.0'), (NULL)) t(x)", new Rule.Accepted("x", List.of("1")), 1);
            failing("SELECT 'nan'::DOUBLE AS x", new Rule.Accepted("x", List.of("1")), 1);
            failing("FROM (VALUES (true), (false)) t(x)", new Rule.Accepted("x", List.of("true")), 1);
        }

        @Test
        void acceptsTextsThatAnEnumerationDoesNotKnow() {
            failing(
                    "SELECT x::ENUM('a', 'b') AS x FROM (VALUES ('a'), ('b')) t(x)",
                    new Rule.Accepted("x", List.of("a", "zz")),
                    1);
        }

        @Test
        void takesAnyTextLiterally() {
            bench.execute("CREATE TABLE odd AS SELECT 'it''s' || chr(10) || '⛵' AS x");
            failing("FROM odd", new Rule.Accepted("x", List.of("it's\n⛵")), 0);
        }

        @Test
        void refusesAValueTheColumnCannotHold() {
            assertThat(bench.run("SELECT 1 AS x", new Rule.Accepted("x", List.of("1.5")))
                            .error())
                    .isEqualTo("Cannot run check accepted: '1.5' is no integer");
        }
    }

    @Nested
    class PatternAndLength {
        @Test
        void matchesTheWholeValue() {
            failing("FROM (VALUES ('ab'), ('abc'), ('xab'), (NULL)) t(x)", new Rule.Pattern("x", "a|ab"), 2);
        }

        @Test
        void saysWhatIsWrongWithAPattern() {
            CheckResult result = bench.run("SELECT 'a' AS x", new Rule.Pattern("x", "("));
            assertThat(result.status()).isEqualTo(Status.ERROR);
            assertThat(result.error()).isEqualTo("Cannot run check pattern: missing ): (");
        }

        @Test
        void countsCharactersNotBytes() {
            failing("FROM (VALUES ('é€⛵'), ('ab'), (''), (NULL)) t(x)", new Rule.Length("x", 3L, 3L), 2);
        }

        @Test
        void areForTextOnly() {
            assertThat(bench.run("SELECT 1 AS x", new Rule.Pattern("x", "a")).error())
                    .isEqualTo("Cannot run check pattern: column 'x' is integer (needed: text)");
            assertThat(bench.run("SELECT 1 AS x", new Rule.Length("x", 1L, null))
                            .error())
                    .isEqualTo("Cannot run check length: column 'x' is integer (needed: text)");
        }
    }

    @Nested
    class References {
        private final Rule one = new Rule.References(List.of("x"), DatasetName.parse("dim"), List.of("id"));

        @Test
        void findsKeysWithoutACounterpart() {
            bench.bind("dim", "FROM (VALUES (1), (2), (NULL)) t(id)");
            failing("FROM (VALUES (1), (1), (3), (3), (NULL)) t(x)", one, 2);
        }

        @Test
        void comparesCompoundKeysAndPassesThoseWithANull() {
            bench.bind("dim", "FROM (VALUES (1, 'a'), (2, 'b')) t(id, k)");
            Rule compound = new Rule.References(List.of("x", "y"), DatasetName.parse("dim"), List.of("id", "k"));
            failing("FROM (VALUES (1, 'a'), (1, 'b'), (1, NULL), (NULL, 'z')) t(x, y)", compound, 1);
        }

        @Test
        void refusesWhatCannotBeCompared() {
            assertThat(bench.run("SELECT 1 AS x", one).error())
                    .isEqualTo("Cannot run check references: dataset dim is not known to this run");
            bench.bind("dim", "SELECT 'a' AS other");
            assertThat(bench.run("SELECT 1 AS x", one).error())
                    .isEqualTo("Cannot run check references: column 'id' is missing in dim (columns: other)");
            bench.bind("dim", "SELECT 'a' AS id");
            assertThat(bench.run("SELECT 1 AS x", one).error())
                    .isEqualTo("Cannot run check references: column 'x' is integer and dim(id) is text");
        }
    }

    @Nested
    class RowSql {
        @Test
        void countsTheRowsItReturns() {
            failing("FROM range(10) t(x)", new Rule.RowSql("select * from {{ table }} where x >= 8 -- late\n;"), 2);
        }

        @Test
        void readsTheRunsDatasetsAndItsClock() {
            bench.bind("marts.dim", "SELECT 1 AS id");
            failing(
                    "SELECT i AS x, TIMESTAMPTZ '2026-03-01 12:00:00+00' + to_hours(i) AS t FROM range(4) r(i)",
                    new Rule.RowSql("with late as (select * from {{ table }} where t > {{ now }})"
                            + " select * from late join marts.dim d on d.id = late.x"),
                    1);
        }

        @Test
        void looksAtFilteredRowsOnly() {
            CheckResult result = bench.run(
                    "FROM range(10) t(x)", where("x < 9", new Rule.RowSql("select 1 from {{table}} where x > 7")));
            assertThat(result.failingRows()).isEqualTo(1);
            assertThat(result.rows()).isEqualTo(9);
        }

        @Test
        void failsEvenOverNoRowsWhenItReturnsSome() {
            assertThat(bench.run("SELECT 1 AS x WHERE false", new Rule.RowSql("select 1"))
                            .status())
                    .isEqualTo(Status.FAILED);
        }
    }

    @Nested
    class EveryRowRule {
        private final List<Rule> rules = List.of(
                new Rule.NotNull(List.of("x")),
                new Rule.Range("x", "a", null, false, false),
                new Rule.Accepted("x", List.of("a")),
                new Rule.Pattern("x", "a"),
                new Rule.Length("x", 1L, 1L),
                new Rule.References(List.of("x"), DatasetName.parse("dim"), List.of("id")),
                new Rule.RowSql("select * from {{ table }} where x is null"),
                new Rule.Unique(List.of("x")));

        @Test
        void isUnverifiedWithoutRows() {
            bench.execute("CREATE TABLE empty (x VARCHAR)");
            bench.bind("dim", "SELECT 'a' AS id");
            for (Rule rule : rules) {
                CheckResult result = bench.run("FROM empty", rule);
                assertThat(result.status()).as(rule.key()).isEqualTo(Status.UNVERIFIED);
                assertThat(result.rows()).isZero();
                assertThat(bench.run("SELECT 'a' AS x", where("x = 'b'", rule)).status())
                        .as(rule.key() + " with where")
                        .isEqualTo(Status.UNVERIFIED);
            }
        }

        @Test
        void saysWhichColumnIsMissing() {
            bench.bind("dim", "SELECT 'a' AS id");
            for (Rule rule : rules.subList(0, 6)) {
                CheckResult result = bench.run("SELECT 1 AS a, 2 AS b", rule);
                assertThat(result.status()).isEqualTo(Status.ERROR);
                assertThat(result.error())
                        .isEqualTo("Cannot run check " + rule.key() + ": column 'x' is missing (columns: a, b)");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "say \"hi\"", "⛵", "select", "v", "n", "_hw_rows", "it's", "a,b)", "a;--"})
        void readsColumnsOfAnyName(String name) {
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            bench.execute("CREATE OR REPLACE TABLE odd AS SELECT * FROM (VALUES ('a'), ('a'), (NULL), ('bcd')) t("
                    + quoted + ")");
            bench.bind("dim", "SELECT 'a' AS " + quoted);
            failing("FROM odd", new Rule.NotNull(List.of(name)), 1);
            failing("FROM odd", new Rule.Range(name, "b", null, false, false), 2);
            failing("FROM odd", new Rule.Accepted(name, List.of("a")), 1);
            failing("FROM odd", new Rule.Pattern(name, "a"), 1);
            failing("FROM odd", new Rule.Length(name, 1L, 1L), 1);
            failing("FROM odd", new Rule.Unique(List.of(name)), 1);
            failing("FROM odd", new Rule.References(List.of(name), DatasetName.parse("dim"), List.of(name)), 1);
        }
    }

    @Nested
    class Thresholds {
        /** 2 of 10 rows fail. */
        private CheckResult run(Threshold warnAbove, Threshold failAbove) {
            return bench.run("FROM range(10) t(x)", check(range("2", null), null, warnAbove, failAbove));
        }

        @Test
        void allowWhatIsExactlyAtThem() {
            assertThat(run(Threshold.NONE, count(2)).status()).isEqualTo(Status.WARNED);
            assertThat(run(Threshold.NONE, count(1)).status()).isEqualTo(Status.FAILED);
            assertThat(run(Threshold.NONE, share("0.2")).status()).isEqualTo(Status.WARNED);
            assertThat(run(Threshold.NONE, share("0.19")).status()).isEqualTo(Status.FAILED);
            assertThat(run(count(2), count(2)).status()).isEqualTo(Status.PASSED);
            assertThat(run(share("0.1"), share("0.2")).status()).isEqualTo(Status.WARNED);
        }

        @Test
        void takeTheirShareOfTheFilteredRows() {
            CheckResult result =
                    bench.run("FROM range(10) t(x)", check(range("2", null), "x < 4", Threshold.NONE, share("0.49")));
            assertThat(result.rows()).isEqualTo(4);
            assertThat(result.failingRows()).isEqualTo(2);
            assertThat(result.status()).isEqualTo(Status.FAILED);
        }

        @Test
        void leaveRowsOutWhereTheFilterIsNull() {
            assertThat(bench.run(
                                    "FROM (VALUES (1, NULL), (1, 1)) t(x, y)",
                                    where("y > 0", new Rule.Accepted("x", List.of("2"))))
                            .failingRows())
                    .isEqualTo(1);
        }
    }

    @Nested
    class SamplesOfFailingRows {
        @Test
        void areJsonWithoutHiddenColumns() {
            CheckResult result = bench.run(
                    "SELECT 7 AS _hw_seq, 'a\"b' AS x, 'nan'::DOUBLE AS y, 1.50::DECIMAL(5,2) AS z, DATE '2024-01-02' AS \"d é\"",
                    new Rule.Accepted("x", List.of("z")));
            assertThat(result.samples())
                    .containsExactly("{\"x\":\"a\\\"b\",\"y\":\"nan\",\"z\":1.5,\"d é\":\"2024-01-02\"}");
        }

        @Test
        void areFewAndSmall() {
            CheckResult result =
                    bench.run("SELECT repeat('é', 100000) AS x FROM range(50)", new Rule.Length("x", null, 1L));
            assertThat(result.failingRows()).isEqualTo(50);
            assertThat(result.samples()).hasSize(3).allMatch(sample -> sample.length() < 600);
        }

        @Test
        void areNotTakenWhenItPassed() {
            assertThat(bench.run("SELECT 1 AS x", new Rule.NotNull(List.of("x")))
                            .samples())
                    .isEmpty();
        }
    }
}
